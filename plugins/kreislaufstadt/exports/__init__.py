"""Open data: one writer per format, from the catalogue to bytes, without MkDocs, clock or network."""
