"""Keys on the command line: `--NAME=VALUE` of the user's own among the options of a verb, and
_build/keys.toml, where they are left for the verbs that come after. The rule is one for all verbs:
what is configured or built is made with the keys that are remembered and with those that it is
given, which are remembered from then on; `configure` alone forgets those before."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperCommand

from mirage_py.support.console import log
from mirage_py.support.errors import MirageError

if TYPE_CHECKING:
    from mirage_py.cli.common import Settings
    from mirage_py.dsl import Config
    from mirage_py.graph.keys import Given

FILE = Path("_build") / "keys.toml"
HEAD = "# Written by mirage-py: the keys of the images here; `mirage-py configure` forgets them.\n"
CARRIER = "--key-given"
Keys = Annotated[list[str] | None, typer.Option(CARRIER, hidden=True)]
"""The words of keys, as a verb is given them: `--net=host`, `--debug`."""


KEEP = "--keep"
"""What every project has among its keys: modules to put in. It may be given more than once; with
none, it forgets those before."""


class KeepWhat(MirageError):
    exit_code = 2

    def __init__(self) -> None:
        super().__init__(
            f"`{KEEP}` needs the name of a module",
            hint=f"as in `{KEEP}=microdot.cors`; `{KEEP}=` forgets those before",
        )


class KeysCommand(TyperCommand):
    """Takes the options that are none of its own out of the way of the parser: they become values
    of a hidden one, and are understood once config.py has been read."""

    takes_keys = True

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        rest, keys = split(args, *self.option_names(ctx))
        return super().parse_args(ctx, [*rest, *(f"{CARRIER}={word}" for word in keys)])

    def option_names(self, ctx: Any) -> tuple[set[str], set[str]]:
        """The names of its own options: all, and those that are followed by a value."""
        options = [one for one in self.get_params(ctx) if one.param_type_name == "option"]
        names = {name for one in options for name in (*one.opts, *one.secondary_opts)}
        valued = {
            name
            for one in options
            if not getattr(one, "is_flag", False) and not getattr(one, "count", False)
            for name in one.opts
        }
        return names, valued

    def format_options(self, ctx: Any, formatter: Any) -> None:
        super().format_options(ctx, formatter)
        rows = list(help_rows(ctx))
        if rows:
            with formatter.section("Unikernel parameters"):
                formatter.write_dl(rows)


def split(args: Sequence[str], known: set[str], valued: set[str]) -> tuple[list[str], list[str]]:
    """The words that are the verb's own, and those of keys, as `--NAME=VALUE` or `--NAME`."""
    rest: list[str] = []
    keys: list[str] = []
    words = iter(range(len(args)))
    for at in words:
        word = unjoined(args[at], known)
        name, equals, _ = word.partition("=")
        if word == "--":
            return rest + list(args[at:]), keys
        following = args[at + 1] if at + 1 < len(args) else None
        if not is_option(word) or name in known or is_short(word, known):
            rest.append(word)
            if name in valued and not equals and following is not None:
                rest.append(args[next(words)])
        elif not equals and following is not None and not following.startswith("-"):
            keys.append(f"{word}={args[next(words)]}")
        else:
            keys.append(word)
    return rest, keys


def is_option(word: str) -> bool:
    """Whether a word names an option: `-` alone is standard input, or output."""
    return word.startswith("-") and word != "-"


def is_short(word: str, known: set[str]) -> bool:
    """Whether a word is one of short options of the verb's own, which may be joined: `-vq`."""
    return is_option(word) and not word.startswith("--") and word[:2] in known


def unjoined(word: str, known: set[str]) -> str:
    """`-lVALUE`, as boot arguments are given, as `-l=VALUE`; other words as they are."""
    if not is_option(word) or word.startswith("--") or is_short(word, known) or not word[2:]:
        return word
    return f"{word[:2]}={word[2:].removeprefix('=')}"


def texts(words: Sequence[str]) -> dict[str, list[str | None]]:
    """What is given for each key."""
    found: dict[str, list[str | None]] = {}
    for word in words:
        name, equals, text = word.partition("=")
        found.setdefault(name, []).append(text if equals else None)
    return found


def given(
    settings: Settings, config: Config, words: Sequence[str] | None, *, afresh: bool = False
) -> Given:
    """The keys that hold for `config`: those of the command line, and remembered ones unless it
    starts `afresh`."""
    from mirage_py.graph import Given, keys

    known = keys(config)
    remembered = {} if afresh else read(config.root)
    asked = texts(words or ())
    keep = modules((*remembered.pop(KEEP, ()), *asked.pop(KEEP, ())))
    for name in remembered.keys() - known.keys():
        log.warning(
            "the remembered key `%s` is none of this unikernel's, and ignored; "
            "`mirage-py configure` forgets it",
            name,
        )
    still = {name: one for name, one in remembered.items() if name in known}
    return Given(
        texts={**still, **asked},
        remembered=frozenset(still.keys() - asked.keys()),
        options=settings.options,
        reserved={**settings.reserved, KEEP: ()},
        keep=tuple(keep),
    )


def modules(given: Iterable[str | None]) -> list[str]:
    """The modules that are kept, each once: those behind the last `--keep=`. Raises KeepWhat."""
    kept: dict[str, None] = {}
    for one in given:
        if one is None:
            raise KeepWhat
        kept = {**kept, one: None} if one else {}
    return [*kept]


def read(root: Path) -> dict[str, list[str | None]]:
    """The remembered keys of a project."""
    path = root / FILE
    if not path.is_file():
        return {}
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        log.warning("%s cannot be read, and is ignored", path)
        return {}
    return {
        f"--{name}": [None if one is True else str(one) for one in listed(value)]
        for name, value in table.items()
    }


def remember(root: Path, words: Sequence[str] | None, *, afresh: bool = False) -> None:
    """Keep the keys of a command line, beside those that were remembered or, `afresh`, in place of
    them."""
    import tomli_w

    from mirage_py.support.files import write_if_changed

    path = root / FILE
    before = {} if afresh else read(root)
    found = before | texts(words or ())
    if KEEP in found:
        found[KEEP] = [*modules((*before.get(KEEP, ()), *found[KEEP]))]
    found = {name: values for name, values in found.items() if values}
    if not found:
        path.unlink(missing_ok=True)
        return
    table = {
        name[2:]: whole[0] if len(whole) == 1 else whole
        for name, values in found.items()
        if (whole := [True if one is None else one for one in values])
    }
    write_if_changed(path, HEAD + tomli_w.dumps(table))


def listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]


def help_rows(ctx: Any) -> list[tuple[str, str]]:
    """The keys of the project here, for `--help`; none if it has no config.py that can be read."""
    from mirage_py.dsl import load
    from mirage_py.graph import keys
    from mirage_py.support.errors import MirageError

    kept = "Put a module in that nothing imports by name, or all below it"
    kept += " (NAME.*); with none, forget those before."
    before = ctx.obj or {}
    folder = before.get("directory") or Path()
    try:
        known = keys(load(folder / (before.get("file") or "config.py")))
    except (MirageError, OSError):
        return []
    rows = [(f"{KEEP}=MODULE", kept)]
    for name in sorted(known):
        one = known[name]
        shown = name if one.flag else f"{name}={one.docv}"
        choices = f" [{'|'.join(map(str, one.choices))}]" if one.choices else ""
        default = " (required)" if one.required else f" (default {one.default})"
        rows.append((shown, f"{one.doc}{choices}{'' if one.flag else default}".strip()))
    return rows
