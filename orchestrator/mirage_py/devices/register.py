"""`register`, with the devices that every unikernel starts with."""

from collections.abc import Sequence
from typing import Any

from mirage_py.devices.argv import Argv, default_argv
from mirage_py.devices.argv import argv as argv_type
from mirage_py.devices.clock import Mtime, Ptime, Sleep, default_mtime, default_ptime, default_sleep
from mirage_py.devices.clock import mtime as mtime_type
from mirage_py.devices.clock import ptime as ptime_type
from mirage_py.devices.clock import sleep as sleep_type
from mirage_py.devices.random import Random, default_random
from mirage_py.devices.random import random as random_type
from mirage_py.devices.reporter import Reporter, default_reporter
from mirage_py.devices.reporter import reporter as reporter_type
from mirage_py.dsl import Impl, Job, Type
from mirage_py.dsl import register as register_with
from mirage_py.dsl.errors.shapes import NotThis
from mirage_py.dsl.errors.words import way_to
from mirage_py.dsl.keywords import known_keywords
from mirage_py.dsl.session import here, report

__all__ = ["register"]

DEFAULT_REPORTER = default_reporter()


@known_keywords
def register(
    name: str,
    jobs: Sequence[Impl[Job]],
    *,
    argv: Impl[Argv] = default_argv,
    reporter: Impl[Reporter] = DEFAULT_REPORTER,
    sleep: Impl[Sleep] = default_sleep,
    ptime: Impl[Ptime] = default_ptime,
    mtime: Impl[Mtime] = default_mtime,
    random: Impl[Random] = default_random,
    src: str | None = None,
    stack: int | None = None,
    features: Sequence[str] = (),
) -> None:
    """Make this configuration the unikernel `name`, which runs `jobs` concurrently.

    `argv`, `reporter`, `sleep`, `ptime`, `mtime` and `random` are connected first, in this order,
    as far as anything in the image uses them. `src` is the address at which the unikernel's source
    is published. `stack` is the size in bytes of the interpreter's stack: it bounds how deep calls
    may nest. `features` are parts of the interpreter that images leave out unless asked: "compiler"
    (exec, eval and compile), "vfs".
    """
    given: dict[str, tuple[object, Type[Any]]] = {
        "argv": (argv, argv_type),
        "reporter": (reporter, reporter_type),
        "sleep": (sleep, sleep_type),
        "ptime": (ptime, ptime_type),
        "mtime": (mtime, mtime_type),
        "random": (random, random_type),
    }
    init: list[Impl[Any]] = []
    for keyword, (value, wanted) in given.items():
        if isinstance(value, Impl) and value.type == wanted:
            init.append(value)
        else:
            what, hint = f"a device of type `{wanted}`", way_to(wanted, value)
            report(NotThis(keyword, value, what, here(), hint))
    register_with(name, jobs, init=init, src=src, stack=stack, features=features)
