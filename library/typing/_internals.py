"""What packages take of typing that is not public."""

from typing._forms import (
    ForwardRef,
    ParamSpec,
    _ConcatenateGenericAlias,
    _LiteralGenericAlias,
    _shown,
)
from typing._generics import _members


def _type_convert(arg, module=None, *, allow_special_forms=False):
    """What an argument stands for: None, and text, for a type."""
    if arg is None:
        return type(None)
    return ForwardRef(arg, module=module) if isinstance(arg, str) else arg


def _type_check(arg, msg, is_argument=True, module=None, *, allow_special_forms=False):
    """What an argument stands for, if it can be a type."""
    arg = _type_convert(arg, module)
    if isinstance(arg, (int, float, bytes, list, dict)):
        raise TypeError("%s Got %r." % (msg, arg))
    return arg


def _type_repr(value):
    """How a type is shown in others."""
    return "..." if value is ... else _shown(value)


def _deduplicate(args):
    return tuple([one for n, one in enumerate(args) if one not in args[:n]])


def _flatten_literal_params(args):
    found = []
    for one in args:
        found += one.__args__ if isinstance(one, _LiteralGenericAlias) else (one,)
    return tuple(found)


def _is_param_expr(arg):
    return arg is ... or isinstance(arg, (tuple, list, ParamSpec, _ConcatenateGenericAlias))


def _is_dunder(name):
    return name.startswith("__") and name.endswith("__")


def _check_generic(cls, parameters, count):
    if len(parameters) != count:
        raise TypeError("%r takes %d parameters, not %d" % (cls, count, len(parameters)))


def _tp_cache(function=None, /, *, typed=False):
    return _tp_cache if function is None else function


def _eval_type(kind, globalns, localns, *args, **named):
    return kind


def _overload_dummy(*args, **named):
    raise NotImplementedError("You should not call an overloaded function.")


def _get_protocol_attrs(cls):
    return set(_members(cls))


def _allow_reckless_class_checks(depth=3):
    return True


def _no_init_or_replace_init(self, *args, **named):
    pass


_special = ("__module__", "__name__", "__annotations__")
_prohibited = ("__new__", "__init__", "__slots__", "__getnewargs__", "_fields", "_field_defaults")
_prohibited += ("_field_types", "_make", "_replace", "_asdict", "_source")
