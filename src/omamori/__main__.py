"""`python -m omamori` is the `omamori` command. A worker process looks at this file too, so nothing is imported before it is needed."""


def main() -> None:
    """Run the command."""
    from omamori.cli.main import main as run

    run()


if __name__ == "__main__":
    main()
