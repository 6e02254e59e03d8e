"""What importlib knows of modules."""

import sys as _sys


class _Loader:
    """Of what is in the image."""

    def create_module(self, spec):
        return None

    def exec_module(self, module):
        """It has run when `module_from_spec` made it."""


class _Spec:
    def __init__(self, name, loader=None):
        self.name, self.loader = name, loader
        self.parent = name.rpartition(".")[0]
        self.origin = self.submodule_search_locations = None


def find_spec(name, package=None):
    """Something if the module can be imported."""
    if name[:1] == ".":
        name = package + name
    if name not in _sys.modules:
        try:
            __import__(name)
        except ImportError:
            return None
    return _Spec(name, _Loader())


def spec_from_loader(name, loader, **_):
    return _Spec(name, loader)


def spec_from_file_location(name, *_, **__):
    return None


def module_from_spec(spec):
    """A module of its own: for one of the image, another copy of it, which has run."""
    import types

    if not isinstance(spec.loader, _Loader):
        return types.ModuleType(spec.name)
    kept = _sys.modules.pop(spec.name, None)
    try:
        __import__(spec.name)
        made = _sys.modules[spec.name]
    finally:
        if kept is not None:
            _sys.modules[spec.name] = kept
    parent = _sys.modules.get(spec.parent)
    if kept is not None and parent is not None:
        setattr(parent, spec.name.rpartition(".")[2], kept)
    return made
