"""Boot arguments: declared by modules when they are imported, given by a test."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any

from mirage_py.dsl import load
from mirage_py.dsl.argument import Argument, runtime_arg
from mirage_py.dsl.near import near
from mirage_py.dsl.option import fits
from mirage_py.graph.common_arguments import FIRST
from mirage_py.graph.plan import declared as declarations
from mirage_py.shim import machine

declared: dict[str, Argument[Any]] = {one.name: one for one in FIRST}


def learn_from(module: ModuleType) -> None:
    """Note what `mirage.args.add` declares. In an image, the build has read it from the source."""
    add: Callable[..., Callable[[], Any]] = module.add

    @wraps(add)
    def noted(*args: Any, **named: Any) -> Callable[[], Any]:
        argument = runtime_arg(*args, **named)
        declared[argument.name] = argument
        return add(*args, **named)

    vars(module)["add"] = noted


def get(name: str) -> Any:
    """The value of an argument. KeyError if nothing declares it."""
    given = machine.current.args
    if name in given:
        return given[name]
    if name == "--name":
        return "unikernel"
    return named(name, machine.current.project).default


def named(name: str, project: Path | None) -> Argument[Any]:
    """The argument of that name: of every image, of a module that was imported, or of config.py in
    the folder `project`, which is read only if no other has the name. Raises KeyError, and
    MirageError for what is wrong with config.py."""
    if name in declared:
        return declared[name]
    known = dict(declared)
    if project:
        found = declarations(load(project / "config.py"))
        known |= {arg.name: arg for one in found for arg in one.runtime_args}
    if name not in known:
        close = near(name, known)
        meant = f"; did you mean `{close}`?" if close else ""
        raise KeyError(f"no config.py and no imported module declares `{name}`{meant}")
    return known[name]


def check(name: str, value: Any, project: Path | None) -> Any:
    """`value`, if it is one that an argument of that name takes. Raises ValueError, and KeyError if
    there is none."""
    argument = named(name, project)
    for one in value if argument.repeated else [value]:
        if not takes(argument, one):
            wanted = f"one of {argument.choices}" if argument.choices else f"a {argument.kind}"
            raise ValueError(f"{name} takes {wanted}, not {one!r}")
    return value


def takes(argument: Argument[Any], value: Any) -> bool:
    """Whether it is a value of the argument's kind, and one of its choices if it has some."""
    return fits(argument.kind, value) and (not argument.choices or value in argument.choices)
