"""Tables → tables, pure: one analyzer a file."""
