"""Draws the hospital: zones, machines, lines and what was found, as one picture that is the same each time."""
