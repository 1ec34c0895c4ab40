"""Loads the checks and judges a snapshot."""
