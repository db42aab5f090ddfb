"""`python -m ingest` is the console script."""

from ingest.cli import main

if __name__ == "__main__":
    main()
