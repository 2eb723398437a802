"""Kreislaufstadt: content files in, one checked catalogue, a public site out.

The package's core reads, checks and links German content files and renders
them as pages; only :mod:`kreislaufstadt.mkdocs_adapter` knows MkDocs.
"""

__version__ = "0.1.0"
