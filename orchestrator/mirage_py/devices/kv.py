"""Key-value stores: guest package `mirage.kv`."""

from mirage_py.dsl import Impl, impl, typ

__all__ = ["KvRo", "crunch", "kv_ro"]


class KvRo:
    """A store that is read: paths, and bytes under them."""


kv_ro = typ(KvRo)


def crunch(directory: str) -> Impl[KvRo]:
    """The files of `directory`, which is named relative to config.py: they are part of the image,
    as they were when it was built."""
    return impl(
        "crunch",
        kv_ro,
        connect=f"mirage.crunch.connect({directory!r})",
        imports=["mirage.crunch"],
        embed=[directory],
    )
