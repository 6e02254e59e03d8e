"""Names of types, and the two that are made by hand."""


def _function():
    yield


class _Class:
    def method(self):
        pass


FunctionType = LambdaType = type(lambda: None)
GeneratorType = type(_function())
CoroutineType = GeneratorType
MethodType = type(_Class().method)
BuiltinFunctionType = BuiltinMethodType = type(len)
ModuleType = type(__import__("sys"))
NoneType = type(None)
EllipsisType = type(...)


class SimpleNamespace:
    """Attributes by name."""

    def __init__(self, **named):
        for name, value in named.items():
            setattr(self, name, value)

    def __repr__(self):
        inside = ", ".join("%s=%r" % item for item in sorted(self.__dict__.items()))
        return "namespace(%s)" % inside

    def __eq__(self, other):
        return isinstance(other, SimpleNamespace) and self.__dict__ == other.__dict__


def MappingProxyType(mapping):
    """The mapping itself: it is not guarded against changes."""
    return mapping


def coroutine(function):
    """The function itself."""
    return function
