"""Restores into a place of its own, compares, measures, and leaves nothing behind but a dated record."""
