"""Gathering sources: fetch what is pinned, check it, unpack and patch it, all in one cache."""

from mirage_py.sources.cache import Cache, cache_dir
from mirage_py.sources.fetch import fetch
from mirage_py.sources.prune import Removed, prune
from mirage_py.sources.trees import tree, trees

__all__ = ["Cache", "Removed", "cache_dir", "fetch", "prune", "tree", "trees"]
