"""One module per command (or small family of commands): how its output is recognised and read."""
