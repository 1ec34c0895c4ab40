"""One module per kind of repository, each with a `KIND`; found by walking the folder."""
