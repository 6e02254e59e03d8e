"""What an image knows of itself; here there is none."""

from mirage_py.support.version import version

NAME = "unikernel"
TARGET = "host"
LIBRARIES = (("mirage-py", version(), "ISC"),)
