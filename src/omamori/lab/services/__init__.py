"""The services of the lab hospital: one module each, found by walking the folder."""
