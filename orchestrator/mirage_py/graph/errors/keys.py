"""Keys, as the command line gives them, and what is computed from them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py.dsl.errors.words import listed, meant
from mirage_py.graph.errors.words import any_of
from mirage_py.support.errors import MirageError, Position

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class DuplicateKey(MirageError):
    def __init__(self, name: str, first: Position, position: Position) -> None:
        super().__init__(
            f"a second key is called `{name}`, and differs from the first, at {first}",
            position=position,
            hint="give one of them another name, or a `group`",
        )


class BadKeyValue(MirageError):
    def __init__(
        self,
        name: str,
        texts: Sequence[str | None],
        why: str,
        position: Position,
        *,
        example: str,
        remembered: bool,
    ) -> None:
        given = " ".join(name if text is None else f"{name}={text}" for text in texts)
        hint = f"write it as `{example}`"
        if remembered:
            hint = f"`mirage-py configure` forgets it; `mirage-py configure {example}` changes it"
        super().__init__(
            f"`{given}`{', as it is remembered' if remembered else ''}: the key {why}",
            position=position,
            hint=hint,
        )


class MissingKey(MirageError):
    def __init__(self, name: str, docv: str, doc: str, position: Position) -> None:
        super().__init__(
            f"the key `{name}` must be given" + (f": {doc}" if doc else ""),
            position=position,
            hint=f"add `{name}={docv}`; it is remembered",
        )


class KeyIsOption(MirageError):
    def __init__(self, name: str, position: Position) -> None:
        super().__init__(
            f"`{name}` is an option of mirage-py, and cannot be a key",
            position=position,
            hint="give it another name, or a `group`",
        )


class UnusedKey(MirageError):
    """A key that was given, and decides nothing."""

    def __init__(self, name: str, position: Position) -> None:
        super().__init__(
            f"no device looks at the key `{name}`: it decides nothing",
            position=position,
            hint="choose by it with `if_impl` or `match_impl`, or name it in the `keys` of a "
            "device that `register` leads to",
        )


class UnknownKey(MirageError):
    """A name that is neither a key nor an option; `at_boot` is what it is if a boot argument was
    meant."""

    def __init__(
        self, name: str, close: str | None, known: Sequence[str], at_boot: Sequence[str]
    ) -> None:
        keys = ", ".join(f"`{one}`" for one in known)
        hint = meant(close) or (f"its keys are {keys}" if known else "it has no keys")
        if at_boot:
            hint = f"did you mean the boot argument `{close}`? {where_at_boot(at_boot)}"
        super().__init__(f"`{name}` is no option, and no key of this unikernel", hint=hint)


class OtherVerb(MirageError):
    """An option of verbs other than the one that it was given to."""

    def __init__(self, name: str, verbs: Sequence[str]) -> None:
        some = any_of([f"`mirage-py {one}`" for one in verbs])
        super().__init__(
            f"`{name}` is no option of this verb, and no key of this unikernel",
            hint=f"give it to {some}",
        )


class BootArgument(MirageError):
    """A runtime argument that was given while the image is configured."""

    def __init__(self, name: str, words: Sequence[str], position: Position | None) -> None:
        super().__init__(
            f"`{name}` is a boot argument{'' if position else ' of every image'}, and no key: it "
            "is given when the image runs",
            position=position,
            hint=where_at_boot(words),
        )


def where_at_boot(words: Sequence[str]) -> str:
    """Where boot arguments stand."""
    return f"`mirage-py run -- {' '.join(words)}`; with a tender, behind the name of the image"


class NoTruth(MirageError):
    """`if_impl` by a value that turns out to be neither true nor false."""

    def __init__(self, text: str, value: object, position: Position) -> None:
        super().__init__(
            f"`if_impl` chooses by true or false, and `{text}` is `{value!r}`",
            position=position,
            hint="make a truth of it by `.map(bool)` or `.equals(...)`, or choose by `match_impl`",
        )


class NoText(MirageError):
    """A value that turns out to be no text, for a keyword that is one."""

    def __init__(self, keyword: str, text: str, value: object, position: Position) -> None:
        super().__init__(
            f"`{keyword}` is a text, and `{text}` is `{value!r}`",
            position=position,
            hint="make a text of it, as in `.map(str)`",
        )


class ValueFailed(MirageError):
    """A function of the user's that computes a configure-time value."""

    def __init__(
        self, text: str, error: Exception, keys: Mapping[str, object], position: Position
    ) -> None:
        chosen = [f"`{name}` is `{value!r}`" for name, value in keys.items()]
        now = f"here {listed(chosen)}" if chosen else "here the target decides it"
        what = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
        super().__init__(
            f"computing `{text}` failed: {what}",
            position=position,
            hint=f"it has to be defined for all that its keys may be; {now}",
        )
