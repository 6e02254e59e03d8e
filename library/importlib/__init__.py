"""Importing by name, of what is in the image."""

import sys as _sys


def import_module(name, package=None):
    """The module. It must be in the image: `libs` of package() adds those that nothing imports."""
    if name[:1] == ".":
        level = len(name) - len(name.lstrip("."))
        base = package.split(".")
        base = base[: len(base) - level + 1]
        name = ".".join(base + ([name[level:]] if name[level:] else []))
    __import__(name)
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
