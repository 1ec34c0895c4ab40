"""One module per kind of generated page; each has `pages()`: path below `docs/` → text."""
