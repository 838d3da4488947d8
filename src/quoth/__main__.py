"""`python -m quoth`: the command line."""

from quoth.cli.main import main

if __name__ == "__main__":
    main()
