"""Keys, the values that are made from them, and devices that they choose."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

import pytest

from mirage_py import (
    Job,
    Name,
    block,
    block_of_file,
    code,
    combine,
    docteur,
    generic_block,
    generic_kv_ro,
    if_impl,
    impl,
    is_unix,
    job,
    key,
    main,
    match_impl,
    noop,
    package,
    provides,
    pure,
    runtime_arg,
    target_name,
)
from mirage_py.dsl.impl import Choice, Functor, Impl
from mirage_py.dsl.key import BadText
from mirage_py.dsl.value import Context
from mirage_py.support.errors import MirageError


@dataclass(frozen=True)
class FakeTarget:
    name: str = "hvt"
    provides: tuple[str, ...] = ("net",)
    runs_itself: bool = False


def at(**keys: object) -> Context:
    """A context with these keys."""
    return Context(FakeTarget(), {f"--{name}": value for name, value in keys.items()})  # type: ignore[arg-type]


def test_values_are_computed_when_configured() -> None:
    size, fast = key("--size", type=int, default=1), key("--fast", flag=True)
    area = combine(lambda a, b: a * b, size, size.map(lambda n: n + 1))
    assert area.eval(at(size=3)) == 12
    assert [one.name for one in combine(max, area, fast).keys] == ["--size", "--fast"]
    assert (fast & size.equals(3)).eval(at(size=3, fast=True))
    assert (~fast | fast).eval(at(fast=True))
    assert not (fast & pure(True)).eval(at(fast=False))


def test_values_of_the_target() -> None:
    assert target_name.eval(at()) == "hvt"
    assert provides("net").eval(at())
    assert not provides("block").eval(at())
    assert not is_unix.eval(at())


def test_a_value_is_not_known_while_config_runs() -> None:
    size = key("--size", type=int, default=1)
    for ask in (
        bool, str, lambda one: one == 1, lambda one: one != "1", lambda one: one < 2,
        lambda one: one + 1, lambda one: 1 + one, lambda one: f"{one}", lambda one: one in (1, 2),
        lambda one: 1 in (one,), lambda one: one[0],
    ):  # fmt: skip
        for value in (size, size.map(abs), is_unix):
            with pytest.raises(MirageError, match="known when the image is configured"):
                ask(value)


def test_a_value_is_itself() -> None:
    """What gathers values, or has them in a dictionary, tells them apart."""
    one, two = key("--size", default="a"), key("--size", default="a")
    assert one == one  # noqa: PLR0124 - a value equals itself
    assert one != two
    assert {one: 1, two: 2}[two] == 2
    assert [two, one].index(one) == 1
    assert len({one, two, one}) == 2


@pytest.mark.parametrize(
    ("declared", "given", "value"),
    [
        ({}, ["a b"], "a b"),
        ({"type": int}, ["-3"], -3),
        ({"type": float}, ["1e3"], 1000.0),
        ({"type": bool}, ["yes"], True),
        ({"type": bool}, [None], True),
        ({"flag": True}, [None], True),
        ({"flag": True}, ["false"], False),
        ({"repeated": True}, ["a", "b"], ["a", "b"]),
        ({"choices": ["a", "b"]}, ["b"], "b"),
        ({"group": "data"}, ["x"], "x"),
    ],
)
def test_texts_that_are_values(declared, given, value) -> None:
    assert key("--k", **declared).read(given) == value


@pytest.mark.parametrize(
    ("declared", "given", "why"),
    [
        ({}, [None], "needs a value"),
        ({"type": int}, ["3.5"], "is a whole number"),
        ({"type": float}, ["x"], "is a number"),
        ({"type": bool}, ["maybe"], "is `true` or `false`"),
        ({}, ["a", "b"], "is given more than once"),
        ({"choices": ["a", "b"]}, ["c"], "is one of `a`, `b`"),
    ],
)
def test_texts_that_are_none(declared, given, why) -> None:
    with pytest.raises(BadText, match=why):
        key("--k", **declared).read(given)


def test_a_group_is_part_of_the_name() -> None:
    assert key("--block", group="data").name == "--data-block"
    assert key("block").name == "--block"


@pytest.mark.parametrize(
    ("declared", "message"),
    [
        ({"name": "--A"}, "cannot be the name of an option"),
        ({"name": ""}, "cannot be the name of an option"),
        ({"name": "--a", "type": list}, "cannot be of type `list`"),
        ({"name": "--a", "required": True, "default": "x"}, "has a default that is never used"),
        ({"name": "--a", "choices": ["x"], "default": "y"}, "which is none of its choices"),
        ({"name": "--a", "type": int, "default": "y"}, "`'y'` is not a value that `--a` takes"),
    ],
)
def test_wrong_keys(declared, message) -> None:
    with pytest.raises(MirageError, match=message):
        key(**declared)


def test_choices_are_devices() -> None:
    fast = key("--fast", flag=True)
    slow, quick = impl("slow", job), impl("quick", job)
    chosen: Impl[Job] = if_impl(fast, quick, slow)
    assert isinstance(chosen, Impl)
    assert chosen.type == job
    assert isinstance(chosen.head, Choice)
    assert chosen.head.choose(True) is quick
    assert chosen.head.choose(False) is slow


def test_functors_can_be_chosen_and_applied() -> None:
    a, b = impl("a", block >> job), impl("b", block >> job)
    chosen = match_impl(key("--which", default="a"), [("a", a)], default=b)
    assert isinstance(chosen, Functor)
    assert chosen(block_of_file("storage")).type == job
    with pytest.raises(MirageError, match="must be a `block`"):
        chosen(noop)


def test_what_cannot_be_chosen() -> None:
    disk = block_of_file("a")
    with pytest.raises(MirageError, match="chooses between devices of one type"):
        if_impl(is_unix, noop, disk)
    with pytest.raises(MirageError, match="takes devices, and it is given `3`"):
        match_impl(is_unix, [(True, 3)], default=noop)  # type: ignore[list-item]
    with pytest.raises(MirageError, match="chooses by a value that is known at configure time"):
        if_impl(True, noop, noop)  # type: ignore[arg-type]


def test_impl_takes_values() -> None:
    which = key("--which", default="a")
    one = impl("one", job, connect=which.map(lambda name: f"{name}.connect()"))
    assert one.head.connect.of([]).eval(at(which="x")) == "x.connect()"
    assert [used.name for value in one.head.values for used in value.keys] == ["--which"]


def test_an_unknown_keyword_gets_a_near_one() -> None:
    with pytest.raises(MirageError, match="`impl` takes no `import`") as caught:
        impl("one", job, **{"import": ["x"]})
    assert caught.value.hint == "did you mean `imports`?"


@pytest.mark.parametrize(
    ("template", "values", "named", "made"),
    [
        ("kv.connect({}, {}, at={at})", ["it's"], {"at": 3}, 'kv.connect(disk__1, "it\'s", at=3)'),
        ("f({}, {})", ["{}{0}{disk}"], {}, "f(disk__1, '{}{0}{disk}')"),
        ('f({}, "{{0}}", {{{}: 1}})', ["{"], {}, "f(disk__1, \"{0}\", {'{': 1})"),
        ("f({}, {})", [[1, ("a", {2.5: {True}})]], {}, "f(disk__1, [1, ('a', {2.5: {True}})])"),
    ],
)
def test_code_is_names_and_literals(template, values, named, made) -> None:
    """Whatever stands in a literal, or in the template, is never taken for a place to fill in."""
    device = impl("d", block >> job, connect=lambda disk: code(template, disk, *values, **named))
    assert device.head.connect.of([Name("disk__1")]).eval(at()) == made


@pytest.mark.parametrize("value", [object(), float("inf"), [Name("a")], {"a": noop}, HTTPStatus.OK])
def test_what_has_no_literal(value) -> None:
    with pytest.raises(MirageError, match="which has no literal"):
        code("f({})", value)


@pytest.mark.parametrize("template", ["{} {}", "{name}", "{", "{0.nothing}"])
def test_templates_that_cannot_be_filled_in(template) -> None:
    with pytest.raises(MirageError, match="cannot be filled in"):
        code(template, 1)


def test_connect_takes_the_names_of_what_it_is_given() -> None:
    port, log = runtime_arg("--port", type=int), impl("log", job)
    given: Any = {"extra_deps": [log], "runtime_args": [port]}
    made = impl("d", block >> job, connect=lambda *names: "+".join(names), **given)
    assert made.head.connect.of([Name("a"), Name("b"), Name("c")]).eval(at()) == "a+b+c"
    with pytest.raises(MirageError, match="is given 3 names") as caught:
        impl("d", block >> job, connect=lambda disk: disk, **given)
    assert "a `block`, `log` and `--port`" in caught.value.message


def test_a_device_that_is_given_nothing_is_connected_by_text() -> None:
    assert impl("d", job, connect="len(())").head.connect.of([]).eval(at()) == "len(())"
    with pytest.raises(MirageError, match="and its `connect` is the text `f\\(\\)`"):
        impl("d", block >> job, connect="f()")


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"name": "a b"}, "cannot be the name of a package"),
        ({"name": "microdot>=2"}, "cannot be the name of a package"),
        ({"name": "a", "libs": ["b"], "sublibs": ["c"]}, "both `libs` and `sublibs`"),
        ({"name": "a", "pin_version": "1"}, "a `pin_version` and no `pin`"),
        ({"name": "a", "scope": "switch"}, "cannot have the scope `switch`"),
        (
            {"name": "a", "min": "2", "max": "1"},
            "at least 2 and before 1",
        ),
    ],
)
def test_wrong_packages(given, message) -> None:
    with pytest.raises(MirageError, match=message):
        package(**given)


def test_deps_of_main_are_no_parameters() -> None:
    app = main("unikernel.start", block >> job, deps=[noop])
    assert app.head.extra_deps == (noop,)
    assert str(app.type) == "block >> job"


def test_code_takes_what_keys_decide() -> None:
    size = key("--size", type=int, default=1)
    device = impl("d", block >> job, connect=lambda disk: code("f({}, {})", disk, size))
    assert [one.name for value in device.head.values for one in value.keys] == ["--size"]
    assert device.head.connect.of([Name("disk__1")]).eval(at(size=3)) == "f(disk__1, 3)"


def test_keys_of_ones_own() -> None:
    """A key of config.py's takes the place of the device's own."""
    name, output = key("--called", default="mine"), key("--to", default="mine.img")
    analyze = runtime_arg("--thorough", type=bool, default=False)
    disk: Any = docteur("relativize://.", name=name, output=output, analyze=analyze)
    assert {used.name for value in disk.head.values for used in value.keys} == {"--called", "--to"}
    assert disk.head.attach == ("block", name)
    kind: Any = generic_block("g", key=key("--kind", default="file"))
    where: Any = generic_kv_ro("d", key=key("--where", default="crunch"))
    assert (kind.head.value.text, kind.head.choose("file").name) == ("--kind", "block")
    assert (where.head.value.text, where.head.choose("crunch").name) == ("--where", "crunch")
