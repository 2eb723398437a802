"""Views over the catalogue: plain data for templates, exports and search."""
