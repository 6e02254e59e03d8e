"""Boot arguments: declared by modules when they are imported, given by a test."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from pathlib import Path
from types import ModuleType
from typing import Any

from mirage_py.dsl.argument import Argument, runtime_arg
from mirage_py.dsl.option import fits
from mirage_py.graph.common_arguments import FIRST
from mirage_py.shim import machine
from mirage_py.shim.registered import arguments, config
from mirage_py.support.near import near


class NotGiven(LookupError):
    """An argument that an image is not started without."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is required, and no image starts without it: `guest.args[{name!r}] = …` gives "
            "it"
        )


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
    """The value of an argument. KeyError if nothing declares it, and NotGiven."""
    given, project = machine.current.args, machine.current.project
    argument = named(name, project)
    if name in given:
        return value_of(argument, given[name])
    if name == "--name":
        registered = config(project)
        return registered.name if registered else "unikernel"
    if argument.required:
        raise NotGiven(name)
    return value_of(argument, argument.default)


def named(name: str, project: Path | None) -> Argument[Any]:
    """The argument of that name: of every image, of a module that was imported, or of config.py in
    the folder `project`, which is read only if no other has the name. Raises KeyError, and
    MirageError for what is wrong with config.py."""
    if name in declared:
        return declared[name]
    known = declared | arguments(project)
    if name not in known:
        close = near(name, known)
        meant = f"; did you mean `{close}`?" if close else ""
        raise KeyError(f"no config.py and no imported module declares `{name}`{meant}")
    return known[name]


def check(name: str, value: Any, project: Path | None) -> Any:
    """`value`, if it is one that an argument of that name takes. Raises ValueError, and KeyError if
    there is none."""
    argument = named(name, project)
    if argument.repeated and not isinstance(value, list | tuple):
        raise ValueError(f"{name} takes a list, for it is repeated, not {value!r}")
    for one in value if argument.repeated else [value]:
        if not takes(argument, one):
            wanted = f"one of {argument.choices}" if argument.choices else f"a {argument.kind}"
            raise ValueError(f"{name} takes {wanted}, not {one!r}")
    return value


def takes(argument: Argument[Any], value: Any) -> bool:
    """Whether it is a value of the argument's kind, and one of its choices if it has some."""
    return fits(argument.kind, value) and (not argument.choices or value in argument.choices)


def value_of(argument: Argument[Any], value: Any) -> Any:
    """A value as an image has it: a list is the asker's own, and a float is none of int."""
    if argument.repeated:
        return [value_of(replace(argument, repeated=False), one) for one in value]
    return float(value) if argument.kind == "float" and value is not None else value
