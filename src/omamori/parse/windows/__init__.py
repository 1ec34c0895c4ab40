"""Parsers of what Windows commands print."""
