"""Importing by name, of what is in the image."""

import sys as _sys

_LEFT_OUT = "No module named %r: nothing imports it by its name, so it may be left out of the image; `libs=[%r]` of package() adds it"


def import_module(name, package=None):
    """The module. It must be in the image: `libs` of package() adds those that nothing imports."""
    if name[:1] == ".":
        level = len(name) - len(name.lstrip("."))
        base = package.split(".")
        base = base[: len(base) - level + 1]
        name = ".".join(base + ([name[level:]] if name[level:] else []))
    try:
        __import__(name)
    except ImportError as error:
        if name in str(error) and name.partition(".")[0] in _sys.modules:
            raise ModuleNotFoundError(_LEFT_OUT % (name, name)) from None
        raise
    found = _sys.modules.get(name)
    if found is not None:
        return found
    found = __import__(name)
    for part in name.split(".")[1:]:
        found = getattr(found, part)
    return found


def reload(module):
    return module


def invalidate_caches():
    return None
