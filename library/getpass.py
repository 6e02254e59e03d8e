"""Asking for a secret, which an image has nobody to ask for; and who it runs as, which is nobody."""

import os


class GetPassWarning(UserWarning):
    """A secret may be seen."""


def getpass(prompt="Password: ", stream=None):
    raise EOFError("an image has no input to read a password from")


unix_getpass = win_getpass = getpass


def getuser():
    """The user's name, as the environment has it. Raises KeyError if it has none."""
    for name in ("LOGNAME", "USER", "LNAME", "USERNAME"):
        if os.environ.get(name):
            return os.environ[name]
    raise KeyError("getpwuid(): uid not found: 0")
