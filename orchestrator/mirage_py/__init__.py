"""mirage-py: Python unikernels. `from mirage_py import *` in config.py gives the eDSL."""

from mirage_py.devices import *  # noqa: F403
from mirage_py.dsl import *  # noqa: F403
