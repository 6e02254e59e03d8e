"""The eDSL: what config.py imports, and `load`, the stage that runs config.py."""

from mirage_py.dsl.argument import Argument, runtime_arg
from mirage_py.dsl.choose import if_impl, match_impl
from mirage_py.dsl.code import Name, code
from mirage_py.dsl.config import Config as Config
from mirage_py.dsl.config import register as register
from mirage_py.dsl.declare import impl, main
from mirage_py.dsl.files import Info
from mirage_py.dsl.impl import Functor, Impl, dep
from mirage_py.dsl.job import Job, job
from mirage_py.dsl.key import Key, key
from mirage_py.dsl.loader import load as load
from mirage_py.dsl.package import Package, package
from mirage_py.dsl.types import FunctorType, Type, typ
from mirage_py.dsl.value import Value, combine, is_solo5, is_unix, provides, pure, target_name

__all__ = [  # what `from mirage_py import *` gives, beside the devices
    "Argument",
    "Functor",
    "FunctorType",
    "Impl",
    "Info",
    "Job",
    "Key",
    "Name",
    "Package",
    "Type",
    "Value",
    "code",
    "combine",
    "dep",
    "if_impl",
    "impl",
    "is_solo5",
    "is_unix",
    "job",
    "key",
    "main",
    "match_impl",
    "package",
    "provides",
    "pure",
    "runtime_arg",
    "target_name",
    "typ",
]
