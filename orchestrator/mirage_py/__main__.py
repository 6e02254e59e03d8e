"""`python -m mirage_py`: the command `mirage-py`."""

import sys

from mirage_py.cli.app import main

if __name__ == "__main__":
    sys.exit(main())
