"""The only code that knows MkDocs: one thin plugin per concern."""
