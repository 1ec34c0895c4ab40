"""Bytes → rows, pure: one file per source."""
