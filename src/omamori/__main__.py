"""`python -m omamori` is the `omamori` command."""

from omamori.cli.main import main

if __name__ == "__main__":  # a worker process looks at this file too
    main()
