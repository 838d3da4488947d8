"""`python -m quoth` is the `quoth` command."""

from quoth.cli.start import main

if __name__ == "__main__":
    main()
