"""Packages: what they hold, as far as the image has it."""

import collections
import sys

ModuleInfo = collections.namedtuple("ModuleInfo", ("module_finder", "name", "ispkg"))


def iter_modules(path=None, prefix=""):
    """Nothing: an image does not know what it could import."""
    return iter(())


walk_packages = iter_modules


def extend_path(path, name):
    return path


def get_data(package, resource):
    """A file beside the modules of a package; None if the image does not hold it."""
    try:
        from importlib import resources

        return resources.files(package).joinpath(resource).read_bytes()
    except (ImportError, OSError):
        return None


def resolve_name(name):
    """The module, or what it has, of `package.module:thing.part` or `package.module.thing`."""
    module, colon, rest = name.partition(":")
    parts = rest.split(".") if rest else []
    if not colon:
        names = module.split(".")
        module, parts = names[0], names[1:]
    __import__(module)
    found = sys.modules[module]
    for part in parts:
        if not colon and not hasattr(found, part):
            module += "." + part
            __import__(module)
            found = sys.modules[module]
            continue
        module += "." + part
        found = getattr(found, part)
    return found
