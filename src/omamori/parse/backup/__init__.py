"""Reads what was said about backups: our own looks and proofs, and lists of other programs brought by hand."""
