"""Reads what publishers of vulnerabilities and updates serve: one file per feed, streaming, pure."""
