"""Annotations, read."""

from typing._forms import (
    Annotated,
    Callable,
    ForwardRef,
    Literal,
    _AnnotatedAlias,
    _GenericAlias,
    _LiteralGenericAlias,
    _union,
    _UnionGenericAlias,
)
from typing._generics import Generic

from _modern import GenericAlias, UnionType
from _modern import mro as _mro


def get_type_hints(thing, globalns=None, localns=None, include_extras=False):
    """What was annotated. What is known as text is read, and stays text if it says more than names,
    subscripts and `|`, or a name that is not known."""
    found = {}
    if isinstance(thing, type):
        for one in reversed(_mro(thing)):
            names = globalns or _names_of(one.__dict__.get("__module__"))
            for name, value in one.__dict__.get("__annotations__", {}).items():
                found[name] = _read(value, names, localns)
    else:
        names = globalns or _names_of(getattr(thing, "__module__", None))
        for name, value in (getattr(thing, "__annotations__", None) or {}).items():
            found[name] = _read(value, names, localns)
    if not include_extras:
        found = {name: _stripped(value) for name, value in found.items()}
    return found


def _names_of(module):
    import sys

    module = sys.modules.get(module or "__main__")
    return module.__dict__ if module is not None else {}


def _stripped(value):
    """Without what `Annotated`, `Required` and `NotRequired` say."""
    return value.__origin__ if isinstance(value, _AnnotatedAlias) else value


def _read(told, names, more):
    """What an annotation says, in which text stands for what is not known yet."""
    if told is None:
        return type(None)
    if isinstance(told, str):
        try:
            reader = _Reader(told, names, more or {})
            value = reader.union()
            return told if reader.rest() else type(None) if value is None else value
        except (LookupError, AttributeError, SyntaxError):
            return told
    if isinstance(told, ForwardRef):
        return _read(told.__forward_arg__, names, more)
    args = getattr(told, "__args__", None)
    if not isinstance(args, tuple) or isinstance(told, _LiteralGenericAlias):
        return told
    found = tuple([_read(one, names, more) if _is_text(one) else one for one in args])
    if all(one is other for one, other in zip(args, found)):
        return told
    if isinstance(told, UnionType):
        return UnionType(found)
    if isinstance(told, _GenericAlias):
        return _union(found) if isinstance(told, _UnionGenericAlias) else told.copy_with(found)
    return type(told)(told.__origin__, found)


def _is_text(one):
    """Whether there may be text in it."""
    return isinstance(one, (str, ForwardRef, GenericAlias, UnionType))


class _Reader:
    """Reads an annotation's text."""

    def __init__(self, text, names, more):
        self._text, self._names, self._more = text, names, more
        self._literal = False

    def rest(self):
        self._text = self._text.strip()
        return self._text

    def _skip(self, one):
        found = self.rest()[:1] == one
        if found:
            self._text = self._text[1:]
        return found

    def union(self):
        found = self._item()
        while self._skip("|"):
            found = found | self._item()
        return found

    def _item(self):
        text = self.rest()
        if self._skip("["):
            return list(self._items("]"))
        if text[:3] == "...":
            self._text = text[3:]
            return ...
        if text[:1] in ("'", '"'):
            at = text.index(text[0], 1)
            self._text = text[at + 1 :]
            return text[1:at] if self._literal else _read(text[1:at], self._names, self._more)
        size = 0
        while size < len(text) and (
            text[size].isalpha() or text[size].isdigit() or text[size] in "_."
        ):
            size += 1
        if not size:
            raise SyntaxError(text)
        self._text = text[size:]
        found = self._named(text[:size])
        if self._skip("["):
            outside, self._literal = self._literal, found in (Literal, Annotated)
            items = self._items("]")
            self._literal = outside
            found = found[items[0] if len(items) == 1 else items]
        return found

    def _items(self, end):
        found = []
        while not self._skip(end):
            found.append(self.union())
            if not self._skip(",") and self.rest()[:1] != end:
                raise SyntaxError(self._text)
        return tuple(found)

    def _named(self, name):
        import builtins

        if name.isdigit():
            return int(name)
        if name in ("None", "True", "False"):
            return {"None": None, "True": True, "False": False}[name]
        first, *parts = name.split(".")
        if first in self._more:
            found = self._more[first]
        elif first in self._names:
            found = self._names[first]
        elif hasattr(builtins, first):
            found = getattr(builtins, first)
        else:
            raise KeyError(name)
        for one in parts:
            found = getattr(found, one)
        return found


def get_origin(alias):
    """`list` of `list[int]`."""
    if isinstance(alias, _AnnotatedAlias):
        return Annotated
    if isinstance(alias, UnionType):
        return UnionType
    if isinstance(alias, _GenericAlias):
        return alias.__origin__
    if isinstance(alias, GenericAlias):
        return alias.__origin__
    return Generic if alias is Generic else None


def get_args(alias):
    """`(int,)` of `list[int]`."""
    if isinstance(alias, _AnnotatedAlias):
        return (alias.__origin__,) + alias.__metadata__
    if isinstance(alias, (GenericAlias, UnionType)):
        args = alias.__args__
        if getattr(alias, "_form", None) is Callable and args and isinstance(args[0], list):
            return args
        return args
    return ()
