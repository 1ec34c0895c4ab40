"""One file per maker's way of writing a configuration; found by walking this folder."""
