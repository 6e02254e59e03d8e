"""Classes made as in CPython: metaclasses and hooks."""

import _more

from _modern.order import mro
from _modern.slots import slotted

subclasses = {}
"""The classes that were made below each, by its id, as their metaclasses may not be asked; they are kept."""


def _bases(bases, names):
    """The bases of a class: what is no class says which classes it stands for."""
    found = []
    for one in bases:
        found += (one,) if isinstance(one, type) else one.__mro_entries__(bases)
    names["__orig_bases__"] = bases
    return tuple(found)


def _made(cls):
    """What CPython does when a class is made: its metaclass, `__set_name__`, `__init_subclass__`."""
    own = cls.__dict__
    keywords = own.get("__class_keywords__")
    metaclass = None
    if keywords is None:
        keywords = {}
    else:
        del cls.__class_keywords__
        keywords = dict(keywords)
        metaclass = keywords.pop("metaclass", None)
    if metaclass is None:
        metaclass = getattr(cls, "__metaclass__", None)
        for base in cls.__bases__:
            other = getattr(base, "__metaclass__", None)
            if (
                other is not None
                and metaclass is not None
                and other is not metaclass
                and issubclass(other, metaclass)
            ):
                metaclass = other
    if "__missing__" in own and issubclass(cls, dict) and "__getitem__" not in own:
        cls.__getitem__ = _item_or_missing(cls)
    names = dict(cls.__dict__)
    if metaclass is not None and metaclass is not type:
        bases = cls.__bases__
        if isinstance(metaclass, type):
            cls.__metaclass__ = metaclass
            names.pop("__metaclass__", None)
            if "__new__" in _names(metaclass):
                cls = metaclass.__new__(metaclass, cls.__name__, bases, names, **keywords)
            if "__init__" in _names(metaclass):
                metaclass.__init__(cls, cls.__name__, bases, names, **keywords)
            if "__new__" in _names(metaclass):
                keywords = {}
        else:
            return metaclass(cls.__name__, bases, names, **keywords)
    if "__slots__" in names:
        slotted(cls)
    for name, value in names.items():
        if name != "__metaclass__" and not isinstance(value, type):
            tell = getattr(type(value), "__set_name__", None)
            if tell is not None:
                tell(value, cls, name)
    for base in cls.__bases__:
        subclasses.setdefault(id(base), []).append(cls)
    for one in mro(cls)[1:]:
        if "__init_subclass__" in one.__dict__:
            _more.function(one.__init_subclass__)(cls, **keywords)
            break
    return cls


def _item_or_missing(cls):
    """Subscription of a dictionary that has `__missing__`."""

    def __getitem__(self, key):
        if key in self:
            return super(cls, self).__getitem__(key)
        return self.__missing__(key)

    return __getitem__


def _names(metaclass):
    """What a metaclass, and those that it is made of, define."""
    found = set()
    for one in mro(metaclass):
        if one is not type and one is not object:
            found |= set(one.__dict__)
    return found


def _nothing(*_, **__):
    """What `super().__init_subclass__` is of `object`."""
