"""`python -m omamori` is the `omamori` command."""

from omamori.cli.main import main

main()
