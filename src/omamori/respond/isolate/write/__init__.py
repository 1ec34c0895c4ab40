"""Writes a cut in the configuration language of a device, and the text that takes it back: one file per language."""
