"""Random numbers: guest module `mirage.random`."""

from mirage_py.dsl import Impl, impl, typ

__all__ = ["Random", "default_random", "no_random", "random"]


class Random:
    """A source of random numbers."""


random = typ(Random)

default_random: Impl[Random] = impl(
    "random",
    random,
    connect="mirage.random.initialize() or mirage.random",
    imports=["mirage.random"],
    lazy=True,
)
"""A generator that is seeded before anything uses it."""

no_random: Impl[Random] = impl("no_random", random, excludes=["mirage.random"])
"""None: nothing may import `mirage.random`."""
