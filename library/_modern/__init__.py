"""What CPython has and MicroPython lacks, for modules that were rewritten (mirage_py.lower): further
attributes of native types, classes made with keywords and metaclasses, and functions that rewritten
code calls."""

import _more
from _groups import Parts

import _modern.listing
from _modern.calls import *
from _modern.classes import _made
from _modern.code import POSITION, bare
from _modern.encodings import (
    HANDLERS,
    _known,
    _name,
    _other,
    decode,
    encode,
    to_bytearray,
    to_bytes,
    to_str,
)
from _modern.errors import set_cause
from _modern.generators import AsyncGenerator, Yielded, asynchronous
from _modern.names import UserWarning, Warning
from _modern.natives import PLAIN
from _modern.order import mro
from _modern.slots import member_descriptor, restrict, slot_names
from _modern.unions import GenericAlias, UnionType

version_info = (3, 11, 2, "final", 0)
"""The Python whose library images have."""
