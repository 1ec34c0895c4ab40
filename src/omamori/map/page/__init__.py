"""The picture as a page to look around in: one file, no network."""
