"""Boot arguments: what the unikernel was given on the tender's command line.

    from mirage import args

    hello = args.add("--hello", default="Hello World!", doc="How to say hello.")

    async def start():
        print(hello())

They are parsed before anything of the program runs, so a value can be asked for at any time, while
modules are imported too. An argument that is wrong ends the unikernel with status 64.
"""

import _args

if False:  # for type checkers
    from collections.abc import Callable, Sequence
    from typing import Any, Literal, TypeVar, overload

    T = TypeVar("T")
    Text = Literal["str", "ip", "ipv4", "ipv6", "prefix", "ipv4_prefix", "ipv6_prefix"]
    Number = Literal["int", "float", "bool", "port"]

    @overload
    def add(
        name: str,
        short: str | None = ...,
        *,
        type: type[T],
        default: T,
        doc: str = ...,
        docv: str | None = ...,
        section: str = ...,
        group: str | None = ...,
        choices: Sequence[T] = ...,
    ) -> Callable[[], T]: ...
    @overload
    def add(
        name: str,
        short: str | None = ...,
        *,
        type: type[T],
        required: Literal[True],
        doc: str = ...,
        docv: str | None = ...,
        section: str = ...,
        group: str | None = ...,
        choices: Sequence[T] = ...,
    ) -> Callable[[], T]: ...
    @overload
    def add(
        name: str,
        short: str | None = ...,
        *,
        type: type[T],
        repeated: Literal[True],
        required: bool = ...,
        default: Sequence[T] = ...,
        doc: str = ...,
        docv: str | None = ...,
        section: str = ...,
        group: str | None = ...,
        choices: Sequence[T] = ...,
    ) -> Callable[[], list[T]]: ...
    @overload
    def add(
        name: str,
        short: str | None = ...,
        *,
        type: type[T],
        doc: str = ...,
        docv: str | None = ...,
        section: str = ...,
        group: str | None = ...,
        choices: Sequence[T] = ...,
    ) -> Callable[[], T | None]: ...
    @overload
    def add(
        name: str,
        short: str | None = ...,
        *,
        type: Text = ...,
        default: str,
        doc: str = ...,
        docv: str | None = ...,
        section: str = ...,
        group: str | None = ...,
        choices: Sequence[str] = ...,
    ) -> Callable[[], str]: ...
    @overload
    def add(
        name: str,
        short: str | None = ...,
        *,
        type: Text = ...,
        required: Literal[True],
        doc: str = ...,
        docv: str | None = ...,
        section: str = ...,
        group: str | None = ...,
        choices: Sequence[str] = ...,
    ) -> Callable[[], str]: ...
    @overload
    def add(
        name: str,
        short: str | None = ...,
        *,
        type: Text = ...,
        repeated: Literal[True],
        required: bool = ...,
        default: Sequence[str] = ...,
        doc: str = ...,
        docv: str | None = ...,
        section: str = ...,
        group: str | None = ...,
        choices: Sequence[str] = ...,
    ) -> Callable[[], list[str]]: ...
    @overload
    def add(
        name: str,
        short: str | None = ...,
        *,
        type: Text = ...,
        doc: str = ...,
        docv: str | None = ...,
        section: str = ...,
        group: str | None = ...,
        choices: Sequence[str] = ...,
    ) -> Callable[[], str | None]: ...
    @overload
    def add(
        name: str,
        short: str | None = ...,
        *,
        type: Number,
        required: bool = ...,
        repeated: bool = ...,
        default: Any = ...,
        doc: str = ...,
        docv: str | None = ...,
        section: str = ...,
        group: str | None = ...,
        choices: Sequence[Any] = ...,
    ) -> Callable[[], Any]: ...


def add(name, short=None, *, group=None, **declaration):
    """Declare the boot argument `--NAME=VALUE`, `--GROUP-NAME` in a group; returns a function that
    gives its value.

    It is read where it stands, at the level of the module, while the image is configured: it is an
    assignment, and all that it is given are literals. Beside `short` ("-n") and `group` there are,
    as for `runtime_arg` in config.py:

    type      str (the default), int, float or bool, or "port", an int from 1 to 65535, or "ip",
              "ipv4", "ipv6", "prefix", "ipv4_prefix", "ipv6_prefix", which are strings that are
              checked
    default   the value when it is absent; else it is None, or [] if it is `repeated`
    doc       a sentence for `--help`
    docv      what stands there for its value
    section   the heading that it stands under
    choices   the only values that it takes
    required  without it the unikernel does not start
    repeated  it may be given several times, and is a list
    """
    name = name if name[:2] == "--" else "--" + name
    name = name if group is None else "--" + group + "-" + name[2:]
    return lambda: _args.get(name)


def get(name: str) -> Any:
    """The value of the argument of that name, which this image declares somewhere. Raises
    KeyError."""
    return _args.get(name)


def name() -> str:
    """The name of this unikernel: `--name`, or what config.py registers it as."""
    return _args.get("--name")
