"""Classes by typing's names."""

import collections as _collections
from collections import abc as _abc
from typing._forms import _SpecialForm

from _modern import GenericAlias


class _Manager:
    """A context manager."""

    @classmethod
    def __class_getitem__(cls, args):
        return GenericAlias(cls, args)


class IO(_Manager):
    """A file."""

    __module__ = "typing"


class TextIO(IO):
    """A file of text."""

    __module__ = "typing"


class BinaryIO(IO):
    """A file of bytes."""

    __module__ = "typing"


Dict = _SpecialForm("Dict", dict)
List = _SpecialForm("List", list)
Set = _SpecialForm("Set", set)
FrozenSet = _SpecialForm("FrozenSet", frozenset)
Tuple = _SpecialForm("Tuple", tuple)
Type = _SpecialForm("Type", type)
Counter = _SpecialForm("Counter", _collections.Counter)
ChainMap = _SpecialForm("ChainMap", _collections.ChainMap)
DefaultDict = _SpecialForm("DefaultDict", _collections.defaultdict)
Deque = _SpecialForm("Deque", _collections.deque)
OrderedDict = _SpecialForm("OrderedDict", _collections.OrderedDict)
AbstractSet = _SpecialForm("AbstractSet", _abc.Set)
AsyncGenerator = _SpecialForm("AsyncGenerator", _abc.AsyncGenerator)
AsyncIterable = _SpecialForm("AsyncIterable", _abc.AsyncIterable)
AsyncIterator = _SpecialForm("AsyncIterator", _abc.AsyncIterator)
Awaitable = _SpecialForm("Awaitable", _abc.Awaitable)
ByteString = _SpecialForm("ByteString", _abc.ByteString)
Collection = _SpecialForm("Collection", _abc.Collection)
Container = _SpecialForm("Container", _abc.Container)
Coroutine = _SpecialForm("Coroutine", _abc.Coroutine)
Generator = _SpecialForm("Generator", _abc.Generator)
Hashable = _SpecialForm("Hashable", _abc.Hashable)
ItemsView = _SpecialForm("ItemsView", _abc.ItemsView)
Iterable = _SpecialForm("Iterable", _abc.Iterable)
Iterator = _SpecialForm("Iterator", _abc.Iterator)
KeysView = _SpecialForm("KeysView", _abc.KeysView)
Mapping = _SpecialForm("Mapping", _abc.Mapping)
MappingView = _SpecialForm("MappingView", _abc.MappingView)
MutableMapping = _SpecialForm("MutableMapping", _abc.MutableMapping)
MutableSequence = _SpecialForm("MutableSequence", _abc.MutableSequence)
MutableSet = _SpecialForm("MutableSet", _abc.MutableSet)
Reversible = _SpecialForm("Reversible", _abc.Reversible)
Sequence = _SpecialForm("Sequence", _abc.Sequence)
Sized = _SpecialForm("Sized", _abc.Sized)
ValuesView = _SpecialForm("ValuesView", _abc.ValuesView)
ContextManager = _SpecialForm("ContextManager", _Manager)
AsyncContextManager = _SpecialForm("AsyncContextManager", _Manager)
Pattern = _SpecialForm("Pattern")
Match = _SpecialForm("Match")
