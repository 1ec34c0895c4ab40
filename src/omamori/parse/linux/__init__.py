"""Parsers of what the Linux probes print, one file per probe."""
