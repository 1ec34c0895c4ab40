"""Writes the changes of a machine in the language it speaks: one file per language."""
