"""What is known of functions and classes: parameters, defaults and annotations, not sources."""

import builtins
import collections
import enum
import functools
import sys
import types

import _frames
from _modern import POSITION, AsyncGenerator, _more, bare
from _modern import mro as _mro
from _modern.errors import running

__all__ = (
    "CORO_CLOSED",
    "CORO_CREATED",
    "CORO_RUNNING",
    "CORO_SUSPENDED",
    "CO_ASYNC_GENERATOR",
    "CO_COROUTINE",
    "CO_GENERATOR",
    "CO_ITERABLE_COROUTINE",
    "CO_NESTED",
    "CO_NEWLOCALS",
    "CO_NOFREE",
    "CO_OPTIMIZED",
    "CO_VARARGS",
    "CO_VARKEYWORDS",
    "GEN_CLOSED",
    "GEN_CREATED",
    "GEN_RUNNING",
    "GEN_SUSPENDED",
    "BoundArguments",
    "FrameInfo",
    "FullArgSpec",
    "Parameter",
    "Signature",
    "Traceback",
    "classify_class_attrs",
    "cleandoc",
    "currentframe",
    "formatannotation",
    "get_annotations",
    "getattr_static",
    "getcallargs",
    "getclasstree",
    "getcoroutinestate",
    "getdoc",
    "getfile",
    "getframeinfo",
    "getfullargspec",
    "getgeneratorstate",
    "getinnerframes",
    "getmembers",
    "getmembers_static",
    "getmodule",
    "getmodulename",
    "getmro",
    "getouterframes",
    "getsource",
    "getsourcefile",
    "getsourcelines",
    "isabstract",
    "isasyncgen",
    "isasyncgenfunction",
    "isawaitable",
    "isbuiltin",
    "isclass",
    "iscode",
    "iscoroutine",
    "iscoroutinefunction",
    "isdatadescriptor",
    "isframe",
    "isfunction",
    "isgenerator",
    "isgeneratorfunction",
    "isgetsetdescriptor",
    "ismemberdescriptor",
    "ismethod",
    "ismethoddescriptor",
    "ismethodwrapper",
    "ismodule",
    "isroutine",
    "istraceback",
    "signature",
    "stack",
    "trace",
    "unwrap",
    "walktree",
)  # fmt: skip


(
    CO_OPTIMIZED,
    CO_NEWLOCALS,
    CO_VARARGS,
    CO_VARKEYWORDS,
    CO_NESTED,
    CO_GENERATOR,
    CO_COROUTINE,
    CO_NOFREE,
    CO_ITERABLE_COROUTINE,
    CO_ASYNC_GENERATOR,
) = 1, 2, 4, 8, 16, 32, 128, 64, 256, 512


GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED, GEN_CLOSED = (
    "GEN_CREATED",
    "GEN_RUNNING",
    "GEN_SUSPENDED",
    "GEN_CLOSED",
)
CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED, CORO_CLOSED = (
    "CORO_CREATED",
    "CORO_RUNNING",
    "CORO_SUSPENDED",
    "CORO_CLOSED",
)


class _empty:
    """No default, or no annotation."""


class _ParameterKind(enum.IntEnum):
    POSITIONAL_ONLY = 0
    POSITIONAL_OR_KEYWORD = 1
    VAR_POSITIONAL = 2
    KEYWORD_ONLY = 3
    VAR_KEYWORD = 4

    @property
    def description(self):
        return self.name.lower().replace("_", " ")

    def __str__(self):
        return self.name


class Parameter:
    """A parameter of a function."""

    empty = _empty
    POSITIONAL_ONLY, POSITIONAL_OR_KEYWORD = (
        _ParameterKind.POSITIONAL_ONLY,
        _ParameterKind.POSITIONAL_OR_KEYWORD,
    )
    VAR_POSITIONAL, KEYWORD_ONLY, VAR_KEYWORD = (
        _ParameterKind.VAR_POSITIONAL,
        _ParameterKind.KEYWORD_ONLY,
        _ParameterKind.VAR_KEYWORD,
    )

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        self.name, self.kind, self.default, self.annotation = (
            name,
            _ParameterKind(kind),
            default,
            annotation,
        )

    def replace(self, **changes):
        given = {
            "name": self.name,
            "kind": self.kind,
            "default": self.default,
            "annotation": self.annotation,
        }
        given.update(changes)
        return Parameter(given.pop("name"), given.pop("kind"), **given)

    def __str__(self):
        stars = (
            "*"
            if self.kind is Parameter.VAR_POSITIONAL
            else "**"
            if self.kind is Parameter.VAR_KEYWORD
            else ""
        )
        text = stars + self.name
        if self.annotation is not _empty:
            text += ": " + formatannotation(self.annotation)
        if self.default is not _empty:
            text += ("=%r" if self.annotation is _empty else " = %r") % (self.default,)
        return text

    def __repr__(self):
        return '<Parameter "%s">' % self

    def __eq__(self, other):
        return isinstance(other, Parameter) and (self.name, self.kind, self.default) == (
            other.name,
            other.kind,
            other.default,
        )


class BoundArguments:
    """Arguments by parameter."""

    def __init__(self, signature, arguments):
        self.signature, self.arguments = signature, arguments

    @property
    def args(self):
        found = []
        for name, one in self.signature.parameters.items():
            if (
                one.kind in (Parameter.KEYWORD_ONLY, Parameter.VAR_KEYWORD)
                or name not in self.arguments
            ):
                break
            if one.kind is Parameter.VAR_POSITIONAL:
                found.extend(self.arguments[name])
            else:
                found.append(self.arguments[name])
        return tuple(found)

    @property
    def kwargs(self):
        found, given = {}, False
        for name, one in self.signature.parameters.items():
            given = (
                given
                or one.kind in (Parameter.KEYWORD_ONLY, Parameter.VAR_KEYWORD)
                or name not in self.arguments
            )
            if given and name in self.arguments:
                if one.kind is Parameter.VAR_KEYWORD:
                    found.update(self.arguments[name])
                else:
                    found[name] = self.arguments[name]
        return found

    def apply_defaults(self):
        found = {}
        for name, one in self.signature.parameters.items():
            if name in self.arguments:
                found[name] = self.arguments[name]
            elif one.default is not _empty:
                found[name] = one.default
            elif one.kind is Parameter.VAR_POSITIONAL:
                found[name] = ()
            elif one.kind is Parameter.VAR_KEYWORD:
                found[name] = {}
        self.arguments = found


class Signature:
    """The parameters of a function."""

    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, **_):
        self.parameters = {one.name: one for one in parameters or ()}
        self.return_annotation = return_annotation

    @classmethod
    def from_callable(cls, thing, **_):
        return signature(thing)

    def replace(self, *, parameters=_empty, return_annotation=_empty):
        return Signature(
            self.parameters.values() if parameters is _empty else parameters,
            return_annotation=(
                self.return_annotation if return_annotation is _empty else return_annotation
            ),
        )

    def bind(self, *args, **named):
        return self._bind(args, named, False)

    def bind_partial(self, *args, **named):
        return self._bind(args, named, True)

    def _bind(self, args, named, partial):
        found, args, named = {}, list(args), dict(named)
        for name, one in self.parameters.items():
            if one.kind is Parameter.VAR_POSITIONAL:
                if args:
                    found[name] = tuple(args)
                args = []
            elif one.kind is Parameter.VAR_KEYWORD:
                if named:
                    found[name] = named
                named = {}
            elif args and one.kind is not Parameter.KEYWORD_ONLY:
                if name in named and one.kind is not Parameter.POSITIONAL_ONLY:
                    raise TypeError("multiple values for argument %r" % name)
                found[name] = args.pop(0)
            elif name in named and one.kind is not Parameter.POSITIONAL_ONLY:
                found[name] = named.pop(name)
            elif one.default is _empty and not partial:
                raise TypeError("missing a required argument: %r" % name)
        if args:
            raise TypeError("too many positional arguments")
        if named:
            raise TypeError("got an unexpected keyword argument %r" % next(iter(named)))
        return BoundArguments(self, found)

    def __str__(self):
        parts, starred, slash = [], False, False
        for one in self.parameters.values():
            if slash and one.kind is not Parameter.POSITIONAL_ONLY:
                parts.append("/")
            slash = one.kind is Parameter.POSITIONAL_ONLY
            if one.kind is Parameter.KEYWORD_ONLY and not starred:
                parts.append("*")
            starred = starred or one.kind in (Parameter.VAR_POSITIONAL, Parameter.KEYWORD_ONLY)
            parts.append(str(one))
        if slash:
            parts.append("/")
        text = "(%s)" % ", ".join(parts)
        if self.return_annotation is not _empty:
            text += " -> " + formatannotation(self.return_annotation)
        return text

    def __repr__(self):
        return "<Signature %s>" % self

    def __eq__(self, other):
        return isinstance(other, Signature) and list(self.parameters.items()) == list(
            other.parameters.items()
        )


def signature(thing, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
    """Raises ValueError for what is not Python's."""
    if follow_wrapped:
        thing = unwrap(thing)
    own = getattr(thing, "__signature__", None)
    if own is not None:
        return own
    if isinstance(thing, functools.partial):
        return _of_partial(thing)
    bound = ismethod(thing)
    if isinstance(thing, type):
        if thing is not object and thing.__module__ == "builtins":
            raise ValueError("no signature found for builtin type %r" % (thing,))
        start = getattr(thing, "__init__", None)
        thing, bound = start, True
        given = getattr(start, "__given__", None)
        if given is not None:
            return _of_dataclass(given)
        if _frames.parameters(start) is None:
            return Signature()
    elif not isroutine(thing) and hasattr(type(thing), "__call__"):
        thing, bound = type(thing).__call__, True
    found = _parameters(thing)
    if found is None:
        raise ValueError("no signature found for builtin %r" % (thing,))
    annotations = get_annotations(thing, globals=globals, locals=locals, eval_str=eval_str)
    returned = annotations.pop("return", _empty)
    names, positional, defaults, by_name, star, stars = found
    first = positional - len(defaults)
    made = []
    for number, name in enumerate(names[:positional]):
        default = defaults[number - first] if number >= first else _empty
        by_position = name.startswith(POSITION)
        kind = Parameter.POSITIONAL_ONLY if by_position else Parameter.POSITIONAL_OR_KEYWORD
        made.append(Parameter(bare(name), kind, default=default))
    star_name, stars_name, *ordered = getattr(thing, "__parameters__", ("args", "kwargs"))
    if star:
        made.append(Parameter(star_name, Parameter.VAR_POSITIONAL))
    for name in ordered or names[positional:]:
        made.append(
            Parameter(name, Parameter.KEYWORD_ONLY, default=(by_name or {}).get(name, _empty))
        )
    if stars:
        made.append(Parameter(stars_name, Parameter.VAR_KEYWORD))
    for one in made:
        one.annotation = annotations.get(one.name, _empty)
    return Signature(made[1:] if bound and made else made, return_annotation=returned)


def _of_partial(thing):
    """The signature of what a partial takes, beside what it has."""
    whole = signature(thing.func)
    given = whole.bind_partial(*thing.args, **thing.keywords).arguments
    made, by_name = [], False
    for name, one in whole.parameters.items():
        if name in thing.keywords and one.kind is not Parameter.POSITIONAL_ONLY:
            default, by_name = thing.keywords[name], True
        elif (one.kind is Parameter.VAR_POSITIONAL and by_name) or (
            name in given and one.kind not in (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)
        ):
            continue
        else:
            default = one.default
        kind = one.kind
        if by_name and kind is Parameter.POSITIONAL_OR_KEYWORD:
            kind = Parameter.KEYWORD_ONLY
        made.append(one.replace(default=default, kind=kind))
    return whole.replace(parameters=made)


class _Factory:
    def __repr__(self):
        return "<factory>"


def _of_dataclass(given):
    """The signature of a data class, whose fields these are."""
    from dataclasses import MISSING

    made = []
    for by_name in (False, True):
        kind = Parameter.KEYWORD_ONLY if by_name else Parameter.POSITIONAL_OR_KEYWORD
        for one in given:
            if bool(one.kw_only) is by_name:
                default = _empty if one.default is MISSING else one.default
                if one.default_factory is not MISSING:
                    default = _Factory()
                told = (
                    getattr(builtins, one.type, one.type) if isinstance(one.type, str) else one.type
                )
                made.append(Parameter(one.name, kind, default=default, annotation=told))
    return Signature(made, return_annotation=None)


class FullArgSpec(tuple):
    args, varargs, varkw, defaults = [property(lambda self, n=n: self[n]) for n in range(4)]
    kwonlyargs, kwonlydefaults, annotations = [
        property(lambda self, n=n: self[n]) for n in range(4, 7)
    ]


_OF_OBJECT = (("self",), 1, (), None, True, True)
"""The parameters of `object.__init__`, as a class has it that defines none."""


def _parameters(thing):
    found = _frames.parameters(thing)
    return _OF_OBJECT if found is None and thing == object.__init__ else found


def getfullargspec(thing):
    of_class = isinstance(thing, type)
    thing = thing.__init__ if of_class else thing
    found = _parameters(thing)
    if found is _OF_OBJECT and of_class:
        found = ((), 0, (), None, False, False)
    if found is None:
        raise TypeError("unsupported callable")
    names, positional, defaults, by_name, star, stars = found
    star_name, stars_name, *ordered = getattr(thing, "__parameters__", ("args", "kwargs"))
    return FullArgSpec(
        (
            [bare(one) for one in names[:positional]],
            star_name if star else None,
            stars_name if stars else None,
            defaults or None,
            ordered or list(names[positional:]),
            by_name,
            get_annotations(thing),
        )
    )


def unwrap(thing, *, stop=None):
    """What is inside all wrappers. Raises ValueError if they wrap each other."""
    first, seen = thing, set()
    while (
        not isinstance(thing, type) and hasattr(thing, "__wrapped__") and not (stop and stop(thing))
    ):
        seen.add(id(thing))
        thing = thing.__wrapped__
        if id(thing) in seen or len(seen) > 1000:
            raise ValueError("wrapper loop when unwrapping %r" % first)
    return thing


def isclass(thing):
    return isinstance(thing, type)


def isfunction(thing):
    return (
        not isinstance(thing, type)
        and _frames.parameters(thing) is not None
        and not ismethod(thing)
    )


def ismethod(thing):
    return isinstance(thing, types.MethodType)


def isbuiltin(thing):
    return isroutine(thing) and not isfunction(thing)


def isroutine(thing):
    return callable(thing) and type(thing).__name__ in (
        "function",
        "bound_method",
        "closure",
        "generator",
    )


def ismodule(thing):
    return type(thing).__name__ == "module" or isinstance(thing, types.ModuleType)


def isgenerator(thing):
    return isinstance(thing, types.GeneratorType)


def isgeneratorfunction(thing):
    return type(_more.function(thing)).__name__ == "generator" and callable(thing)


def iscoroutinefunction(thing):
    """MicroPython does not tell it from a generator function."""
    return isgeneratorfunction(thing)


markcoroutinefunction = unwrap


def isasyncgenfunction(thing):
    return getattr(thing, "_asynchronous", False)


def isasyncgen(thing):
    return isinstance(thing, AsyncGenerator)


def isframe(thing):
    return False


iscode = istraceback = ismethoddescriptor = isgetsetdescriptor = ismemberdescriptor = (
    ismethodwrapper
) = isframe


def isdatadescriptor(thing):
    """Whether it is asked when an attribute is set or deleted."""
    if isinstance(thing, type) or ismethod(thing) or isfunction(thing):
        return False
    return isinstance(thing, property) or any(
        hasattr(type(thing), one) for one in ("__set__", "__delete__")
    )


def getgeneratorstate(generator):
    """Where a generator is: one of GEN_CREATED, GEN_RUNNING, GEN_SUSPENDED and GEN_CLOSED."""
    return "GEN_" + _frames.state(generator)


def getcoroutinestate(coroutine):
    """Where a coroutine is: one of CORO_CREATED, CORO_RUNNING, CORO_SUSPENDED and CORO_CLOSED."""
    return "CORO_" + _frames.state(coroutine)


def iscoroutine(thing):
    return isgenerator(thing)


def isawaitable(thing):
    return isgenerator(thing) or hasattr(thing, "__await__")


def isabstract(thing):
    return isinstance(thing, type) and bool(getattr(thing, "__abstractmethods__", None))


def getmro(cls):
    return tuple(_mro(cls))


def getmembers(thing, predicate=None):
    found = [(name, getattr(thing, name)) for name in dir(thing) if hasattr(thing, name)]
    return sorted(
        [one for one in found if predicate is None or predicate(one[1])], key=lambda one: one[0]
    )


def getmembers_static(thing, predicate=None):
    found = [(name, getattr_static(thing, name, None)) for name in dir(thing)]
    return sorted(
        [one for one in found if predicate is None or predicate(one[1])], key=lambda one: one[0]
    )


def getcallargs(thing, /, *args, **named):
    """The values of a function's parameters in a call. Raises TypeError if it cannot be so called."""
    if ismethod(thing):
        thing, args = thing.__func__, (thing.__self__, *args)
    bound = signature(thing).bind(*args, **named)
    bound.apply_defaults()
    return dict(bound.arguments)


def walktree(classes, children, parent):
    found = []
    for one in sorted(classes, key=lambda each: (each.__module__, each.__name__)):
        found.append((one, one.__bases__))
        if one in children:
            found.append(walktree(children[one], children, one))
    return found


def getclasstree(classes, unique=False):
    """Classes, each followed by the list of those below it."""
    children, roots = {}, []
    for one in classes:
        for parent in one.__bases__:
            below = children.setdefault(parent, [])
            if one not in below:
                below.append(one)
            if unique and parent in classes:
                break
        if not one.__bases__ and one not in roots:
            roots.append(one)
    roots += [one for one in children if one not in classes]
    return walktree(roots, children, None)


def getattr_static(thing, name, default=_empty):
    for one in _mro(thing if isinstance(thing, type) else type(thing)):
        if name in one.__dict__:
            return one.__dict__[name]
    found = getattr(thing, name, default)
    if found is _empty:
        raise AttributeError(name)
    return found


def getdoc(thing):
    doc = getattr(thing, "__doc__", None)
    return None if doc is None else cleandoc(doc)


def cleandoc(doc):
    lines = doc.expandtabs().split("\n")
    margin = min([len(one) - len(one.lstrip()) for one in lines[1:] if one.strip()], default=0)
    lines = [lines[0].lstrip()] + [one[margin:] for one in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


FrameInfo = collections.namedtuple(
    "FrameInfo", ("frame", "filename", "lineno", "function", "code_context", "index")
)


Traceback = collections.namedtuple(
    "Traceback", ("filename", "lineno", "function", "code_context", "index")
)


def getframeinfo(frame, context=1):
    """Where a frame, or what a traceback is of, is. The lines around it are not known: None."""
    line = getattr(frame, "tb_lineno", None)
    frame = getattr(frame, "tb_frame", frame)
    code = frame.f_code
    return Traceback(code.co_filename, line or frame.f_lineno, code.co_name, None, None)


def getouterframes(frame, context=1):
    """(frame, file, line, function, None, None) of a frame and those around it."""
    found = []
    while frame is not None:
        found.append(FrameInfo(frame, *getframeinfo(frame)))
        frame = frame.f_back
    return found


def currentframe():
    return running(1)


def stack(context=1):
    """(frame, file, line, function, None, None) of each call, the innermost first."""
    return getouterframes(running(1))


def getinnerframes(tb, context=1):
    """(frame, file, line, function, None, None) of a traceback's calls, the outermost first."""
    found = []
    while tb is not None:
        found.append(FrameInfo(tb.tb_frame, *getframeinfo(tb)))
        tb = tb.tb_next
    return found


def trace(context=1):
    """The same of the exception that is being handled."""
    return getinnerframes(sys.exc_info()[2])


def getmodule(thing, _filename=None):
    if ismodule(thing):
        return thing
    return sys.modules.get(getattr(thing, "__module__", None))


def getmodulename(path):
    return path.rpartition("/")[2].partition(".")[0]


def getfile(thing):
    raise TypeError("source code not available")


def formatannotation(annotation, base_module=None):
    """An annotation as it stands in a signature."""
    if isinstance(annotation, type):
        if annotation.__module__ in ("builtins", base_module):
            return annotation.__qualname__
        return annotation.__module__ + "." + annotation.__qualname__
    return repr(annotation).replace("typing.", "")


def getsource(thing):
    raise OSError("source code not available")


getsourcefile = getsourcelines = getsource


def get_annotations(thing, *, globals=None, locals=None, eval_str=False):
    if eval_str:
        from typing import get_type_hints

        return get_type_hints(thing, globals, locals, include_extras=True)
    return dict(getattr(thing, "__annotations__", None) or {})


def classify_class_attrs(cls):
    return []
