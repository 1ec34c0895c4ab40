"""`python -m omamori` is the `omamori` command. A worker process looks at this file too, so nothing is imported before it is needed."""


def main() -> None:
    """Run the command."""
    try:
        from omamori.cli.main import main as run
    except KeyboardInterrupt:
        # Ctrl-C while it was still loading: nothing was begun.
        raise SystemExit(3) from None
    run()


if __name__ == "__main__":
    main()
