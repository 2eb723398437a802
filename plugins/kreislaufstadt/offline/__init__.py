"""The offline copy: the whole site as one archive that works from disk, without a server and without a net."""
