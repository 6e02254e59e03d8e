"""`dir` and `vars`: the names that a thing has."""

import builtins

import _frames
import _more

from _modern.natives import TABLES
from _modern.order import mro
from _modern.slots import slot_names

_dir = builtins.dir
_OF_ALL = {"__class__", "__doc__", "__new__", "__init__", "__repr__", "__setattr__", "__delattr__"}
_OF_CLASSES = {"__init__", "__repr__", "__setattr__", "__delattr__"}
"""What classes have of `object`, and their objects have not."""


def _of_class(cls):
    """What a class and its bases define: nothing of its metaclass."""
    found = set(_OF_ALL)
    for one in mro(cls):
        found |= set(one.__dict__)
        found |= set(TABLES.get(id(one), ()))
    return found


def _listed(thing):
    """What `object.__dir__` and `type.__dir__` list."""
    if isinstance(thing, type):
        return list(_of_class(thing))
    own = getattr(thing, "__dict__", None)
    if isinstance(thing, type(builtins)):
        return list(own)
    kind = type(thing)
    slots = slot_names(kind)
    if own is None and not slots:  # what a native type has is in no dictionary alone
        return list(set(_dir(thing)) | _of_class(kind))
    found = set(own or ()) | set(slots) | _of_class(kind) - _OF_CLASSES
    return list(
        found.union(*[_OF_CLASSES & set(one.__dict__) for one in mro(kind) if one is not object])
    )


def dir(*thing):
    """The built-in function: the names of the module that calls, or of a thing, sorted."""
    if not thing:
        return sorted(_frames.frames()[1][3])
    (thing,) = thing
    for one in mro(type(thing)):
        if "__dir__" in one.__dict__:
            return sorted(one.__dict__["__dir__"](thing))
    if isinstance(thing, type(builtins)) and "__dir__" in thing.__dict__:
        return sorted(thing.__dir__())
    return sorted(_listed(thing))


def vars(*thing):
    """The built-in function."""
    if not thing:
        return _frames.frames()[1][3]
    own = getattr(thing[0], "__dict__", None)
    if own is None:
        raise TypeError("vars() argument must have __dict__ attribute")
    return own


builtins.dir, builtins.vars = dir, vars
