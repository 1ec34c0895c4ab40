"""What outputs show of the Windows registry, and what it means. See `values.yaml` for the keys and `reader` for the whole."""
