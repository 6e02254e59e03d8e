"""Classes that are made of their annotations: named tuples and dicts."""

import collections as _collections


class _NamedTupleMeta(type):
    def __new__(meta, name, bases, names, **keywords):
        annotations = names.get("__annotations__", {})
        if not annotations:
            return type.__new__(meta, name, bases, names)
        fields = list(annotations)
        made = _collections.namedtuple(
            name, fields, defaults=[names[one] for one in fields if one in names]
        )
        rest = {
            one: value
            for one, value in names.items()
            if one not in annotations and one not in ("__metaclass__", "__dict__")
        }
        for one, value in rest.items():
            setattr(made, one, value)
        return made


class _NamedTuple(metaclass=_NamedTupleMeta):
    """The class that `class Point(NamedTuple)` is made by."""


class _NamedTupleMaker:
    """`NamedTuple`, as a function and as a base."""

    def __call__(self, name, fields=None, **named):
        pairs = list(fields or ()) + list(named.items())
        made = _collections.namedtuple(name, [one for one, _ in pairs])
        made.__annotations__ = dict(pairs)
        return made

    def __mro_entries__(self, bases):
        return (_NamedTuple,)


NamedTuple = _NamedTupleMaker()


class _TypedDictMeta(type):
    def __init__(cls, name, bases, names, total=True):
        annotations, required, optional = {}, set(), set()
        for base in bases:
            annotations.update(getattr(base, "__annotations__", {}))
            required |= getattr(base, "__required_keys__", set())
            optional |= getattr(base, "__optional_keys__", set())
        for key, kind in names.get("__annotations__", {}).items():
            annotations[key] = kind
            needed = (total or _says(kind, "Required")) and not _says(kind, "NotRequired")
            (required if needed else optional).add(key)
        cls.__annotations__, cls.__total__ = annotations, total
        cls.__required_keys__, cls.__optional_keys__ = frozenset(required), frozenset(optional)

    def __call__(cls, *args, **named):
        return (_typed_dict if cls is TypedDict else dict)(*args, **named)

    def __instancecheck__(cls, value):
        raise TypeError("TypedDict does not support instance and class checks")


def _says(kind, name):
    """Whether an annotation, or its text, is `Required[…]` or `NotRequired[…]`."""
    if isinstance(kind, str):
        return kind.rpartition("[")[0].split("[")[0].rpartition(".")[2] == name
    return getattr(kind, "_name", None) == name


def _typed_dict(name, fields=None, *, total=True, **named):
    names = {"__annotations__": dict(fields or named), "__class_keywords__": {"total": total}}
    return type(name, (TypedDict,), names)


class TypedDict(dict, metaclass=_TypedDictMeta):
    """A dict whose keys and their types are said; those who make one get a dict."""

    __module__ = "typing"
