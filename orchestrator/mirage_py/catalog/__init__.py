"""What the house holds, found by listing its folders: targets, bindings, vendored sources."""

from mirage_py.catalog.bindings import Binding, bindings
from mirage_py.catalog.library import (
    library,
    library_additions,
    native_library,
    small_library,
    vendored_library,
)
from mirage_py.catalog.sanitize import sanitized_target
from mirage_py.catalog.share import share
from mirage_py.catalog.solo5 import system_target
from mirage_py.catalog.targets import Target, targets
from mirage_py.catalog.vendored import Origin, Vendored, vendored

__all__ = [
    "Binding",
    "Origin",
    "Target",
    "Vendored",
    "bindings",
    "library",
    "library_additions",
    "native_library",
    "sanitized_target",
    "share",
    "small_library",
    "system_target",
    "targets",
    "vendored",
    "vendored_library",
]
