"""The type of what a unikernel runs."""

from mirage_py.dsl.types import typ


class Job:
    """What runs: `start` of the user's module, or a device that needs no other to be one."""


job = typ(Job)
