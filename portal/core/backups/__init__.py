"""Backups: what is kept, how it is sealed, how it comes back, and which of it may go.

`sealing` encrypts a stream, `archive` puts database and files with their manifest into one sealed file, `databases`
knows the two databases, `taking` and `restoring` bring them together, `rotation` says which archives to keep.
"""
