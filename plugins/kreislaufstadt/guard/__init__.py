"""What comes in and what leaves the house: markup, pictures, finished pages, headers, folders."""
