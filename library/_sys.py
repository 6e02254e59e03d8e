"""The interpreter's `sys`, and what it lacks of CPython's, for modules of packages."""

import builtins as _builtins
import sys as _base

import _more
from _args import get as _argument
from _modern import version_info as _version
from _modern.errors import running as _running

argv = [_argument("--name")]
byteorder = _base.byteorder
exit = _base.exit
maxsize = _base.maxsize


class _Modules:
    """The modules that are loaded; the interpreter's own are always."""

    def __getitem__(self, name):
        if name not in _base.modules:
            try:
                return (_plain or __import__)(name)
            except ImportError:
                raise KeyError(name) from None
        return _base.modules[name]

    def get(self, name, default=None):
        return _base.modules.get(name, default)

    def __setitem__(self, name, module):
        _base.modules[name] = module

    def __delitem__(self, name):
        del _base.modules[name]

    def __contains__(self, name):
        return name in _base.modules

    def __iter__(self):
        return iter(list(_base.modules))

    def __len__(self):
        return len(_base.modules)

    def keys(self):
        return _base.modules.keys()

    def values(self):
        return _base.modules.values()

    def items(self):
        return list(_base.modules.items())

    def pop(self, name, *default):
        return _base.modules.pop(name, *default)

    def setdefault(self, name, module):
        return _base.modules.setdefault(name, module)

    def copy(self):
        return dict(_base.modules)


_base.modules.setdefault("builtins", _builtins)
modules = _Modules()
path = getattr(_base, "path", [])
platform = _base.platform
print_exception = _base.print_exception
stderr = __stderr__ = _base.stderr
stdin = __stdin__ = _base.stdin
stdout = __stdout__ = _base.stdout
_more.streams(globals())  # `print` writes to what `stdout` is by then


class _Version(tuple):
    """A version, by position and by name."""

    major, minor, micro, releaselevel, serial = _version


version_info = _Version(_version)
version = "3.11.2 (%s)" % _base.version
hexversion = 0x030B02F0
api_version = 1013
copyright = ""
executable = ""
prefix = exec_prefix = base_prefix = base_exec_prefix = ""


class _Finders(list):
    """What finds modules that are not in the image; it is asked once there is one."""

    def append(self, finder):
        super().append(finder)
        _find()

    def insert(self, at, finder):
        super().insert(at, finder)
        _find()


def _find():
    import builtins

    plain = _plain or builtins.__import__

    def find(name, names=None, local=None, fromlist=None, level=0):
        if level:  # the interpreter would ask for it from here
            name = _absolute(name, names or _running(1).f_globals, level)
        try:
            return plain(name, names, local, fromlist, 0)
        except ImportError:
            if name in _base.modules or not _found(name):
                raise
        return plain(name, names, local, fromlist, 0)

    if not _plain:
        globals()["_plain"] = plain
        builtins.__import__ = find


_plain = None


def _absolute(name, names, level):
    """The name of a module that one with these `names` imports by its place."""
    parts = names["__name__"].split(".")
    above = level - 1 if "__path__" in names else level
    parts = parts[: len(parts) - above]
    if not parts:
        raise ImportError("attempted relative import beyond top-level package")
    return ".".join(parts + [name] if name else parts)


def _found(name):
    """Whether a finder has a module, which is then loaded."""
    for finder in meta_path:
        spec = finder.find_spec(name, None, None)
        if spec is not None:
            module = spec.loader.create_module(spec)
            _base.modules[name] = module
            spec.loader.exec_module(module)
            return True
    return False


meta_path = _Finders()
path_hooks = []
path_importer_cache = {}
warnoptions = []
builtin_module_names = ()
stdlib_module_names = frozenset()
dont_write_bytecode = True
maxunicode = 0x10FFFF
float_repr_style = "short"


class _Implementation:
    """What runs: MicroPython, with the version that packages are told."""

    name, cache_tag, hexversion = "micropython", None, 0x030B02F0
    version = version_info


implementation = _Implementation()


class _Named:
    def __init__(self, **named):
        for name, value in named.items():
            setattr(self, name, value)


flags = _Named(
    optimize=0,
    debug=0,
    utf8_mode=1,
    dev_mode=False,
    bytes_warning=0,
    verbose=0,
    interactive=0,
    no_site=1,
)
hash_info = _Named(width=64, modulus=(1 << 61) - 1, inf=314159, nan=0, imag=1000003)
float_info = _Named(
    max=1.7976931348623157e308,
    min=2.2250738585072014e-308,
    epsilon=2.220446049250313e-16,
    dig=15,
    mant_dig=53,
    max_exp=1024,
    max_10_exp=308,
    min_exp=-1021,
    min_10_exp=-307,
    radix=2,
    rounds=1,
)
int_info = _Named(bits_per_digit=30, sizeof_digit=4)


def exc_info():
    """The exception that is being handled: its class, itself, and where it was."""
    kind, value, _ = _base.exc_info()
    return (kind, value, value and value.__traceback__)


def exception():
    return exc_info()[1]


def intern(text):
    return text


def getrecursionlimit():
    return 1000


def setrecursionlimit(_):
    return None


def getdefaultencoding():
    return "utf-8"


def getfilesystemencoding():
    return "utf-8"


def getfilesystemencodeerrors():
    return "strict"


def getsizeof(_, default=64):
    return default


def getrefcount(_):
    return 2


def is_finalizing():
    return False


def _getframe(depth=0):
    found = _running(depth + 1)
    if found is None:
        raise ValueError("call stack is not deep enough")
    return found


def audit(*_):
    return None


def displayhook(value):
    if value is not None:
        print(repr(value))


def excepthook(_, value, __):
    print_exception(value)


__excepthook__ = excepthook


def __getattr__(name):
    return getattr(_base, name)
