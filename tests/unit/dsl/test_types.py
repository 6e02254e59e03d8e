"""Types and the functor arrow."""

from __future__ import annotations

import pytest

from mirage_py import Job, block, impl, job, main, noop, typ
from mirage_py.devices import block_of_file
from mirage_py.dsl.impl import Functor, Impl
from mirage_py.support.errors import MirageError
from tests.support import stub


class KvRo:
    pass


kv_ro = typ(KvRo)


def test_names() -> None:
    assert [str(one) for one in (job, block, kv_ro, typ("store"))] == [
        "job", "block", "kv_ro", "store",
    ]  # fmt: skip


def test_types_are_told_apart_by_their_class() -> None:
    class Other:
        pass

    Other.__name__ = "Job"
    assert typ(Job) == job
    assert typ(Other) != job
    assert typ("store") == typ("store")
    assert typ("job") != job


def test_chain_flattens() -> None:
    expected = (block, kv_ro), job
    for one in (
        block >> kv_ro >> job,
        block
        >> kv_ro
        >> job,
        block >> (kv_ro >> job),
        (block >> kv_ro >> job),
    ):  # fmt: skip
        assert (one.parameters, one.result) == expected
        assert str(one) == "block >> kv_ro >> job"


def test_equal_whatever_the_place() -> None:
    assert block >> job == block >> job


def test_functor_parameter_is_refused() -> None:
    server = block >> job
    with pytest.raises(MirageError, match="cannot be a parameter itself"):
        server >> job
    with pytest.raises(MirageError, match="cannot be a parameter itself"):
        (block >> kv_ro) >> job
    with pytest.raises(MirageError, match=r"cannot be a parameter itself of `\(block >> kv_ro\)"):
        (block >> kv_ro) >> block >> job


def test_application_in_parts() -> None:
    app = main("unikernel.start", block >> kv_ro >> job)
    disk, store = block_of_file("a"), impl("store", kv_ro)
    half = app(disk)
    assert isinstance(half, Functor)
    assert str(half.type) == "kv_ro >> job"
    whole = half(store)
    assert isinstance(whole, Impl)
    assert whole.type == job
    assert whole.arguments == app(disk, store).arguments == (disk, store)


def test_errors_name_both_types_and_the_line() -> None:
    app = main("unikernel.start", block >> kv_ro >> job)
    disk = block_of_file("a")
    with pytest.raises(MirageError) as caught:
        app(disk, disk)
    assert "must be a `kv_ro`, and it is given `block`, a `block`" in caught.value.message
    assert caught.value.position
    assert caught.value.position.text == "app(disk, disk)"
    with pytest.raises(MirageError, match="takes no argument and is given 1"):
        noop(disk)


def test_default_connect() -> None:
    """A device that says nothing gives what it was given."""
    disk = block_of_file("a")
    for ty, deps, names, connect in [
        (job, [], [], "None"),
        (block >> job, [], ["a"], "a"),
        (block >> job, [disk], ["a", "b"], "(a, b)"),
    ]:
        connector = impl("x", ty, extra_deps=deps).head.connect
        assert connector.make(*names) == connect


def test_stub_is_what_the_devices_are() -> None:
    """mirage_py/__init__.pyi: `python -m tests.support.stub` writes it."""
    assert stub.FILE.read_text(encoding="utf-8") == stub.render()
