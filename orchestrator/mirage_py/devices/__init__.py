"""The devices: one file per family, found by listing, each written with the public eDSL alone."""

import pkgutil
from importlib import import_module

from mirage_py.dsl.checked import checked, makes_a_device

__all__: list[str] = []

for _family in pkgutil.iter_modules(__path__):
    _module = import_module(f"{__name__}.{_family.name}")
    _made = {name: getattr(_module, name) for name in _module.__all__}
    globals().update(
        {name: checked(one) if makes_a_device(one) else one for name, one in _made.items()}
    )
    __all__ += _module.__all__
