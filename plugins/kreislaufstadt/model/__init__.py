"""What an entry is: frozen models, one per kind, and the values they are made of."""
