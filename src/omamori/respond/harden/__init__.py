"""Hardening plans from what was seen: files a person reads, tries on one machine, runs, and can take back. Nothing here changes a machine."""
