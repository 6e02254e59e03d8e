"""The project of the image that `test` runs: the project's tests, and what calls them."""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from mirage_py.dsl.argument import Argument
    from mirage_py.dsl.package import Package
    from mirage_py.graph.model import Graph

CONFIG = """\
# Written by `mirage-py test`.
from mirage_py import *

app = main(
    "_tests.start",
    job,
    args=[{arguments}],
    packages=[{packages}],
    local_libs={folders},
    c_sources={sources},
    pkg_config={libraries},
)
register("tests", [app], stack={stack}, features={features})
"""

RUNNER = '''\
"""Written by `mirage-py test`."""

import sys
import time
{imports}

def start(*_):
    begin, failed, passed = time.ticks_ms(), [], 0
    for name, load in tests():
        print(name, end=" ")
        try:
            outcome = load()()
            {awaited}
        except BaseException as error:
            print("FAILED")
            failed.append((name, error))
        else:
            print("PASSED")
            passed += 1
    if failed:
        print(line("FAILURES", "="))
    for name, error in failed:
        print(line(name, "_"))
        sys.print_exception(error)
    if failed:
        print(line("short test summary info", "="))
    for name, error in failed:
        print("FAILED %s - %s: %s" % (name, type(error).__name__, error))
    took = time.ticks_diff(time.ticks_ms(), begin) / 1000
    counted = ["%d failed" % len(failed)] if failed else []
    counted += ["%d passed" % passed] if passed or not failed else []
    print(line("%s in %.2fs" % (", ".join(counted), took), "="))
    sys.exit(1 if failed else 0)


def line(text, mark):
    left = (78 - len(text)) // 2
    return "%s %s %s" % (mark * left, text, mark * (78 - len(text) - left))


{loaders}

def tests():
    return [
{tests}
    ]
'''


@dataclass(frozen=True)
class Test:
    """A test function, or the method of a test class."""

    module: str
    path: str
    """`test_join` or `TestPaths.test_join`."""
    is_async: bool

    @property
    def id(self) -> str:
        """As pytest names it."""
        return f"tests/{self.module}.py::{self.path.replace('.', '::')}"

    @property
    def value(self) -> str:
        """The expression for it."""
        return f"{self.module}.{self.path.replace('.', '().')}"


def write(folder: Path, graph: Graph, found: list[Test]) -> None:
    """Write the project of the tests' image: with the packages of the project, as they are
    locked."""
    from mirage_py.lock import NAME
    from mirage_py.support.files import write_if_changed

    root = graph.config.root
    folder.mkdir(parents=True, exist_ok=True)
    lock = root / NAME
    if lock.is_file() and not (folder / NAME).is_file():
        shutil.copyfile(lock, folder / NAME)
    config = CONFIG.format(
        packages=", ".join(call(one, root) for one in graph.packages),
        arguments=", ".join(map(spelled, own_arguments(graph))),
        folders=json.dumps([str(root), str(root / "tests")]),
        sources=json.dumps([str(one.path) for one in graph.c_sources]),
        libraries=json.dumps([one.name for one in graph.c_libraries]),
        stack=graph.config.stack,
        features=json.dumps(list(graph.config.features)),
    )
    waits = any(one.is_async for one in found)
    runner = RUNNER.format(
        imports="import asyncio\n" if waits else "",
        awaited='if hasattr(outcome, "send"):\n                asyncio.run(outcome)'
        if waits
        else "",
        loaders="\n\n".join(
            f"def load_{number}():\n    import {one.module}\n\n    return {one.value}\n"
            for number, one in enumerate(found)
        ),
        tests="\n".join(
            f"        ({json.dumps(one.id)}, load_{number})," for number, one in enumerate(found)
        ),
    )
    write_if_changed(folder / "config.py", config)
    write_if_changed(folder / "_tests.py", runner)


def own_arguments(graph: Graph) -> Iterator[Argument[Any]]:
    """The boot arguments that config.py declares for the project's own code, each once."""
    from mirage_py.graph.plan import declared

    found = (arg for one in declared(graph.config) if one.entry for arg in one.runtime_args)
    yield from dict.fromkeys(found)


def spelled(argument: Argument[Any]) -> str:
    """The call of `runtime_arg` that says the same. A test may do without what an image needs."""
    told = {
        "type": argument.kind,
        "doc": argument.doc,
        "docv": argument.docv,
        "choices": list(argument.choices),
        "default": argument.default,
        "repeated": argument.repeated,
    }
    words = [repr(argument.name), repr(argument.short)]
    words += [f"{key}={value!r}" for key, value in told.items() if value not in (None, [], "")]
    return f"runtime_arg({', '.join(words)})"


def call(package: Package, root: Path) -> str:
    """The call of `package` that says the same elsewhere."""
    told = {
        "extras": list(package.extras),
        "libs": list(package.libs),
        "natives": list(package.natives),
    }
    named = {"min": package.min, "max": package.max, "pin_version": package.pin_version}
    pin = package.pin
    if package.source and not package.source.startswith("git+"):
        pin = str(root / package.source)
    every = {**told, **named, "pin": pin, "scope": package.scope}
    words = [json.dumps(package.name)]
    words += [f"{key}={json.dumps(value)}" for key, value in every.items() if value]
    return f"package({', '.join(words)})"
