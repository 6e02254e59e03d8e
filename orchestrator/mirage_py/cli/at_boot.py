"""Keys among the boot arguments of `run`: what is chosen when an image is built comes too late."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, Any

from mirage_py.support.errors import MirageError, Position
from mirage_py.support.near import near

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from mirage_py.cli.common import Settings
    from mirage_py.dsl.argument import Argument
    from mirage_py.graph.model import Graph


class KeyAtBoot(MirageError):
    """A key among the boot arguments."""

    exit_code = 2

    def __init__(self, name: str, word: str, meant: str, position: Position) -> None:
        said = f"`{name}` is a key" if name == meant else f"`{name}` is no boot argument"
        order = f"mirage-py configure {shlex.quote(meant + word.removeprefix(name))}"
        hint = f"give it before the `--`, or once and for all by `{order}`"
        super().__init__(
            f"{said}: it is chosen when the image is built" if name == meant else said,
            position=position,
            hint=hint if name == meant else f"did you mean the key `{meant}`? {hint}",
        )


class InterfaceAtBoot(MirageError):
    """MirageOS's boot argument for a network interface, which a tender's option names here."""

    exit_code = 2

    def __init__(self, word: str, device: str, position: Position) -> None:
        name, _, interface = word.partition("=")
        super().__init__(
            f"`{name}` is no boot argument: a network device is attached from outside",
            position=position,
            hint=f"give `--net:{device}={interface or 'INTERFACE'}` before the `--`",
        )


def refuse_keys(keys: Mapping[str, Position], words: Iterable[str]) -> None:
    """Raise KeyAtBoot for the first of the boot arguments `words` that is one of `keys`."""
    for word in words:
        name = word.partition("=")[0]
        if name in keys:
            raise KeyAtBoot(name, word, name, keys[name])


def refuse_strangers(graph: Graph, words: Sequence[str]) -> None:
    """Raise KeyAtBoot for the first of the boot arguments `words` that is a key, or that is none of
    the image's and may have meant one; InterfaceAtBoot for an interface. (What else is wrong with
    them, the image says.)"""
    from mirage_py.graph.common_arguments import HELP
    from mirage_py.graph.strangers import by_name

    boot = {**by_name(graph.arguments), HELP.name: HELP}
    keys = {one.name: one.position for one in graph.config.keys if one.name not in boot}
    refuse_keys(keys, words)
    networks = {one.name: one.position for one in graph.manifest if one.kind == "net"}
    for word, before in zip(words, ["", *words], strict=False):
        name = word.partition("=")[0]
        is_known = any(one.startswith(name) for one in boot)  # as the image takes it, too
        meant = None if is_known or takes_value(boot.get(before)) else near(name, [*keys, *boot])
        if networks and name.endswith("-interface") and not is_known:
            group = name.removeprefix("--").removesuffix("interface").removesuffix("-")
            device = group if group in networks else next(iter(networks))
            raise InterfaceAtBoot(word, device, networks[device])
        if meant in keys and name.startswith("--"):
            raise KeyAtBoot(name, word, meant, keys[meant])


def takes_value(argument: Argument[Any] | None) -> bool:
    """Whether the word behind that of a boot argument is its value."""
    return argument is not None and argument.kind not in {"bool", "help"}


def project_keys(settings: Settings, image: Path) -> dict[str, Position]:
    """The keys of the project whose `dist/` holds `image`; none if this is not known."""
    from mirage_py import dsl

    if image.resolve().parent != settings.root.resolve() / "dist":
        return {}
    try:
        return {one.name: one.position for one in dsl.load(settings.file).keys}
    except MirageError:
        return {}
