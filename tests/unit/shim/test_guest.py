"""The fixture `guest`: what a test of a unikernel gives to it, and sees of it."""

from __future__ import annotations

import asyncio
import random
import sys
import time
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from mirage_py.shim import machine
from mirage_py.shim.guest import Guest

Output = pytest.CaptureFixture[str]
args: Any = import_module("mirage.args")
hooks: Any = import_module("mirage.hooks")
log: Any = import_module("mirage.log")

hello = args.add("--hello", default="Hello World!", doc="How to say hello.")
port = args.add("port", group="shim", type=int)
way = args.add("--way", choices=["up", "down"], default="up")
hosts = args.add("--host", repeated=True, type="ip")


def test_arguments(guest: Guest) -> None:
    assert (hello(), port(), way(), hosts()) == ("Hello World!", None, "up", [])
    guest.args["--hello"] = "Hola!"
    guest.args["--shim-port"] = 80
    guest.args["--host"] = ["10.0.0.1"]
    assert (hello(), port(), hosts()) == ("Hola!", 80, ["10.0.0.1"])
    assert args.name() == "unikernel"
    guest.args["--name"] = "other"
    assert args.name() == "other"


def test_they_are_forgotten(guest: Guest) -> None:
    assert hello() == "Hello World!"
    assert not guest.args


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [("--hello", 3, "a str"), ("--way", "left", "one of"), ("--host", ["x"], "a ip")],
)
def test_wrong_arguments(guest: Guest, name: str, value: object, wanted: str) -> None:
    with pytest.raises(ValueError, match=f"{name} takes {wanted}"):
        guest.args[name] = value


def test_arguments_that_nothing_declares(guest: Guest) -> None:
    """Those of config.py are read when they are asked for."""
    for ask in (args.get, lambda name: guest.args.__setitem__(name, 1)):
        with pytest.raises(KeyError):
            ask("--nosuch")
    with pytest.raises(KeyError, match="declares `--hullo`; did you mean `--hello`"):
        guest.args["--hullo"] = "Hola!"


def test_arguments_of_config_py(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "config.py").write_text(
        "from mirage_py import *\n"
        'count = runtime_arg("--of-config", type=int, default=3)\n'
        'register("t", [main("unikernel.start", job, args=[count])])\n'
    )
    made = Guest(tmp_path)
    monkeypatch.setattr(machine, "current", made.machine)
    assert args.get("--of-config") == 3
    made.args["--of-config"] = 1
    assert args.get("--of-config") == 1
    with pytest.raises(ValueError, match="takes a int, not 'x'"):
        made.args["--of-config"] = "x"


def test_waiting_takes_no_time(guest: Guest, capsys: Output) -> None:
    async def start() -> str:
        began = time.time()
        log.info("hello")
        await asyncio.gather(
            asyncio.sleep(3600), import_module("mirage.sleep").ns(7_200_000_000_001)
        )
        log.info("%d s", time.time() - began)
        return "done"

    assert guest.run(start()) == "done"
    assert capsys.readouterr().out == (
        "2026-01-01T00:00:00-00:00: [INFO] [application] hello\n"
        "2026-01-01T02:00:00-00:00: [INFO] [application] 7200 s\n"
    )
    # An event loop of milliseconds wakes late, never early.
    assert 7_200_000_000_001 <= guest.clock.monotonic_ns <= 7_200_002_000_000


def test_clocks(guest: Guest) -> None:
    ptime, mtime = import_module("mirage.ptime"), import_module("mirage.mtime")
    guest.clock.wall_ns = 86_400_000_000_005
    assert ptime.now() == 86_400_000_000_005
    assert ptime.now_d_ps() == (1, 5000)
    assert mtime.elapsed_ns() == 0
    guest.clock.advance(0.25)
    assert mtime.elapsed_ns() == 250_000_000
    time.sleep(1)
    assert (time.time_ns(), mtime.elapsed_ns()) == (86_401_250_000_005, 1_250_000_000)
    ticks: Any = time
    before = ticks.ticks_ms()
    guest.clock.advance(2)
    assert ticks.ticks_diff(ticks.ticks_ms(), before) == 2000
    assert ticks.ticks_diff(ticks.ticks_add(5, -10), 5) == -10


def test_a_wait_that_nothing_ends(guest: Guest) -> None:
    async def start() -> None:
        await asyncio.Event().wait()

    with pytest.raises(RuntimeError, match="nothing can wake them"):
        guest.run(start())


def test_a_plain_function(guest: Guest) -> None:
    assert guest.run(lambda: 3) == 3
    with pytest.raises(SystemExit):
        guest.run(lambda: sys.exit(3))


def test_failed_tasks(guest: Guest, capsys: Output) -> None:
    async def fail() -> None:
        raise LookupError("nothing here")

    async def start() -> str:
        task = asyncio.create_task(fail())
        await asyncio.sleep(1)
        del task
        await asyncio.sleep(1)
        return "done"

    assert guest.run(start()) == "done"
    out = capsys.readouterr().out
    assert "[ERROR] [tasks] a task failed\nTraceback" in out
    assert "LookupError: nothing here" in out
    guest.args["--on-task-error"] = "abort"
    with pytest.raises(LookupError, match="nothing here"):
        guest.run(start())


def test_hooks(guest: Guest) -> None:
    seen = []

    async def last() -> None:
        await asyncio.sleep(1)
        seen.append(guest.clock.monotonic_ns)

    async def start() -> None:
        hooks.at_exit(lambda: seen.append("exit"))
        hooks.at_exit(last)
        hooks.at_enter_iter(lambda: seen.append("enter"))
        hooks.at_leave_iter(lambda: seen.append("leave"))
        await asyncio.sleep(1)

    guest.run(start())
    assert seen[:2] == ["enter", "leave"]
    assert seen[-2:] == [2_000_000_000, "exit"]


def test_hooks_are_called_when_it_fails(guest: Guest) -> None:
    seen = []
    hooks.at_exit(lambda: seen.append("exit"))

    async def start() -> None:
        raise LookupError

    with pytest.raises(LookupError):
        guest.run(start())
    assert seen == ["exit"]


def test_random_numbers_are_the_same_each_time(guest: Guest) -> None:
    assert import_module("mirage.random").generate(8) == random.Random(0).randbytes(8)


def test_blocks(guest: Guest) -> None:
    disk = guest.block("storage", b"a" * 512 + b"b" * 512 + b"rest")
    assert (disk.name, disk.blocks, disk.block_size, disk.capacity) == ("storage", 2, 512, 1028)
    disk.write_at(510, b"1234")
    assert disk.read(0, 2) == b"a" * 510 + b"1234" + b"b" * 510
    for wrong in (
        lambda: disk.read(2), lambda: disk.write(0, b"part"), lambda: disk.write(2, bytes(512)),
        lambda: disk.read_at(1024, 2),
    ):  # fmt: skip
        with pytest.raises(OSError, match="22"):
            wrong()


def test_a_file_as_a_block_device(guest: Guest, tmp_path: Path) -> None:
    (tmp_path / "disk").write_bytes(bytes(8192))
    disk = guest.block("storage", tmp_path / "disk", block_size=4096)
    disk.write(1, b"x" * 4096)
    assert (tmp_path / "disk").read_bytes() == bytes(4096) + b"x" * 4096
    with pytest.raises(OSError, match="no disk `other`"):
        import_module("mirage.block").connect("other")


def test_stores(guest: Guest, tmp_path: Path) -> None:
    """Those that are Python stand on what is here: a tar archive on a disk, embedded files."""
    (tmp_path / "etc").mkdir()
    (tmp_path / "etc" / "motd").write_text("hello")
    (tmp_path / "index").write_text("i")
    files = guest.crunch(tmp_path)
    kv = import_module("mirage.kv")

    async def start() -> None:
        assert await files.list() == [("etc", kv.DICTIONARY), ("index", kv.VALUE)]
        assert await files.list("/etc") == [("motd", kv.VALUE)]
        assert bytes(await files.get("etc/motd")) == b"hello"
        assert await files.size("index") == 1
        assert len(await files.digest("/")) == 32
        with pytest.raises(kv.NotFound):
            await files.get("nothing")
        archive = import_module("mirage.tar").connect_rw(guest.block("tar", 8192))
        await archive.set("copy", await files.get("etc/motd"))
        assert bytes(await archive.get("copy")) == b"hello"
        assert await archive.last_modified("copy") == guest.clock.wall_ns

    guest.run(start())


def test_a_directory_of_the_host(guest: Guest, tmp_path: Path) -> None:
    direct, kv = import_module("mirage.direct"), import_module("mirage.kv")
    store = direct.connect_rw(str(tmp_path))

    async def trial() -> None:
        await store.set("a/b", b"value")
        await store.set_partial("a/b", 1, b"AL")
        await store.rename("a/b", "c")
        assert await store.list() == [("a", kv.DICTIONARY), ("c", kv.VALUE)]
        assert await store.get("c") == b"vALue"
        await store.remove("a")
        with pytest.raises(kv.NotFound):
            await store.get("a/b")

    guest.run(trial())
    assert [path.name for path in tmp_path.iterdir()] == ["c"]


def test_sockets_of_the_host(guest: Guest) -> None:
    """Real time passes where a socket is waited for, and a limit of time does not end that."""

    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(await reader.readline())
        writer.close()

    async def start() -> bytes:
        server = await asyncio.start_server(echo, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"hello\n")
        line = await asyncio.wait_for(reader.readline(), 30)
        writer.close()
        server.close()
        return line

    assert guest.run(start()) == b"hello\n"
