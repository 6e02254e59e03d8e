"""The devices: one file per family, found by listing, each written with the public eDSL alone."""

import pkgutil
from importlib import import_module

__all__: list[str] = []

for _family in pkgutil.iter_modules(__path__):
    _module = import_module(f"{__name__}.{_family.name}")
    globals().update({name: getattr(_module, name) for name in _module.__all__})
    __all__ += _module.__all__
