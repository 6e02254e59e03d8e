"""What an image knows of itself; here there is none."""

from mirage_py.shim import machine
from mirage_py.shim.registered import config
from mirage_py.support.version import version

_registered = config(machine.current.project)
NAME = _registered.name if _registered else "unikernel"
TARGET = "host"
LIBRARIES = (("mirage-py", version(), "ISC"),)
