"""Names of types, and the ones that are made by hand."""

from _modern import AsyncGenerator, GenericAlias, UnionType, member_descriptor

__all__ = (
    "AsyncGeneratorType", "BuiltinFunctionType", "BuiltinMethodType", "CellType",
    "ClassMethodDescriptorType", "CodeType", "CoroutineType", "DynamicClassAttribute",
    "EllipsisType", "FrameType", "FunctionType", "GeneratorType", "GenericAlias",
    "GetSetDescriptorType", "LambdaType", "MappingProxyType", "MemberDescriptorType",
    "MethodDescriptorType", "MethodType", "MethodWrapperType", "ModuleType", "NoneType",
    "NotImplementedType", "SimpleNamespace", "TracebackType", "UnionType", "WrapperDescriptorType",
    "coroutine", "new_class", "prepare_class", "resolve_bases",
)  # fmt: skip


def _function():
    yield


class _Class:
    def method(self):
        pass


FunctionType = LambdaType = type(lambda: None)
GeneratorType = type(_function())
CoroutineType = GeneratorType
AsyncGeneratorType = AsyncGenerator
MethodType = type(_Class().method)
BuiltinFunctionType = BuiltinMethodType = type(len)
MethodWrapperType = WrapperDescriptorType = MethodDescriptorType = ClassMethodDescriptorType = (
    BuiltinFunctionType
)
NoneType = type(None)
EllipsisType = type(...)
NotImplementedType = type(NotImplemented)
GetSetDescriptorType = property
MemberDescriptorType = member_descriptor
DynamicClassAttribute = property


class CodeType:
    """Code; none is seen in an image."""

    co_argcount = co_kwonlyargcount = co_posonlyargcount = 0
    co_nlocals = co_firstlineno = co_flags = 0
    co_filename = co_name = co_qualname = ""
    co_varnames = co_names = co_consts = ()


class FrameType:
    """A frame; none is seen in an image."""


class TracebackType:
    """A traceback; none is seen in an image."""


class CellType:
    """A variable of a closure; none is seen in an image."""


class ModuleType:
    """A module that is made by hand."""

    def __init__(self, name, doc=None):
        self.__name__, self.__doc__ = name, doc

    def __repr__(self):
        return "<module %r>" % self.__name__

    def __class_check__(self):
        return None


class SimpleNamespace:
    """Attributes by name."""

    def __init__(self, **named):
        for name, value in named.items():
            setattr(self, name, value)

    def __repr__(self):
        inside = ", ".join(["%s=%r" % item for item in self.__dict__.items()])
        return "namespace(%s)" % inside

    def __eq__(self, other):
        return isinstance(other, SimpleNamespace) and self.__dict__ == other.__dict__


class MappingProxyType:
    """A mapping that cannot be changed by this name."""

    def __init__(self, mapping):
        self._mapping = mapping

    def __getitem__(self, key):
        return self._mapping[key]

    def __contains__(self, key):
        return key in self._mapping

    def __iter__(self):
        return iter(self._mapping)

    def __len__(self):
        return len(self._mapping)

    def __eq__(self, other):
        return self._mapping == (other._mapping if isinstance(other, MappingProxyType) else other)

    def __or__(self, other):
        return dict(self._mapping) | dict(other)

    def __repr__(self):
        return "mappingproxy(%r)" % (self._mapping,)

    def __class_getitem__(cls, _):
        return cls

    def get(self, key, default=None):
        return self._mapping.get(key, default)

    def keys(self):
        return self._mapping.keys()

    def values(self):
        return self._mapping.values()

    def items(self):
        return self._mapping.items()

    def copy(self):
        return self._mapping.copy()


def new_class(name, bases=(), kwds=None, exec_body=None):
    names = {}
    if exec_body is not None:
        exec_body(names)
    if kwds:
        names["__class_keywords__"] = dict(kwds)
    return type(name, tuple(bases), names)


def resolve_bases(bases):
    return bases


def prepare_class(name, bases=(), kwds=None):
    return type, {}, dict(kwds or {})


def get_original_bases(cls):
    return cls.__bases__


def coroutine(function):
    """The function itself."""
    return function
