"""The eDSL: what config.py imports, and `load`, the stage that runs config.py."""

from mirage_py.dsl.argument import Argument, runtime_arg
from mirage_py.dsl.config import Config as Config
from mirage_py.dsl.config import register
from mirage_py.dsl.declare import impl, main
from mirage_py.dsl.impl import Functor, Impl
from mirage_py.dsl.job import Job, job
from mirage_py.dsl.loader import load as load
from mirage_py.dsl.package import Package, package
from mirage_py.dsl.types import FunctorType, Type, typ

__all__ = [  # what `from mirage_py import *` gives; `load` and `Config` are for the stages
    "Argument",
    "Functor",
    "FunctorType",
    "Impl",
    "Job",
    "Package",
    "Type",
    "impl",
    "job",
    "main",
    "package",
    "register",
    "runtime_arg",
    "typ",
]
