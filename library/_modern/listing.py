"""`dir` and `vars`: the names that a thing has."""

import builtins

import _frames
import _more

from _modern.classes import mro
from _modern.natives import TABLES

_dir = builtins.dir
_OF_ALL = {"__class__", "__doc__", "__new__", "__init__", "__repr__", "__setattr__", "__delattr__"}


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
    if own is None:  # what a native type has is in no dictionary alone
        return list(set(_dir(thing)) | _of_class(kind))
    return list(set(own) | _of_class(kind))


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
    return thing[0].__dict__ if thing else _frames.frames()[1][3]


builtins.dir, builtins.vars = dir, vars
