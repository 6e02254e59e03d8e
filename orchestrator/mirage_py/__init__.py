"""mirage-py: Python unikernels. `from mirage_py import *` in config.py gives the eDSL."""

from mirage_py import devices, dsl
from mirage_py.devices import *  # noqa: F403 - what they export is the dsl
from mirage_py.dsl import *  # noqa: F403 - the same

__all__ = dsl.__all__ + devices.__all__
