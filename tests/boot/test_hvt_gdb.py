"""mirage-hvt-debug: gdb, on this machine, looks into a guest under the test machine's KVM.

What gdb says comes in over the machine's /dev/line, and goes on to the tender's port there. That
KVM is emulated by a QEMU whose processors, while virtualized, look at no debug registers: what is
in those is checked as far as it is told. Some tests speak gdb's protocol themselves.
"""

from __future__ import annotations

import contextlib
import re
import shutil
import socket
import subprocess
import threading
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.support.hvt import Hvt, Tender
from tests.support.kvm import Late
from tests.support.running import running
from tests.support.tenders import build_debug_tender
from tests.support.unikernel import Ran

PATIENCE = 60
# Until gdb is there, /dev/line is at its end at once; until the tender is, nobody listens (0A).
FORWARD = """
(
    until grep -q ' 0100007F:04D2 0*:0* 0A ' /proc/net/tcp; do sleep 0.05; done
    until first=$(dd bs=1 count=1 <&4 2>/dev/null) && [ "$first" ]; do sleep 0.05; done
    (printf %s "$first"; cat <&4) | nc 127.0.0.1 1234 >&4
) 4<>/dev/line &
"""
WAITING = "mirage-hvt-debug: waiting for a debugger: gdb -ex 'target remote 127.0.0.1:1234'\n"


@pytest.fixture(scope="module")
def debug(mirage_hvt: Hvt) -> Hvt:
    """Images, and the tender for gdb."""
    path = build_debug_tender(mirage_hvt.root / "mirage-hvt-debug", "hvt", "-static-pie")
    return Hvt(mirage_hvt.root, "hvt", mirage_hvt.machine, Tender.of(path))


def run(debug: Hvt, image: Path, args: Sequence[str] = ()) -> Ran:
    """The guest's run, with what is said over the line."""
    return debug.run(image, "--gdb", args=list(args), before=FORWARD)


def under_gdb(
    debug: Hvt, image: Path, typed: Sequence[str], args: Sequence[str] = ()
) -> tuple[str, Ran]:
    """What gdb says to these commands, typed once it is connected; and the guest's run."""
    return debug.machine.twice(lambda: once_under_gdb(debug, image, typed, args))


def once_under_gdb(
    debug: Hvt, image: Path, typed: Sequence[str], args: Sequence[str]
) -> tuple[str, Ran]:
    words = ["set confirm off", "set remotetimeout 30", f"target remote {debug.machine.line()}"]
    argv = ["gdb", "-q", "-nx", "-batch", str(image)]
    for word in [*words, *typed]:
        argv += ["-ex", word]
    with running(argv, stderr=subprocess.STDOUT) as gdb:
        ran = run(debug, image, args)
        return gdb.communicate(timeout=PATIENCE)[0], ran


class Client:
    """gdb's side of the protocol."""

    def __init__(self, path: Path) -> None:
        self.line = socket.socket(socket.AF_UNIX)
        self.line.settimeout(PATIENCE)
        self.line.connect(str(path))
        self.answers = self.line.makefile("rb")

    def send(self, text: str) -> None:
        self.line.sendall(f"${text}#{sum(text.encode()) & 255:02x}".encode())

    def answer(self) -> str:
        """The next packet."""
        while self._next() != b"$":
            pass
        text = b""
        while not text.endswith(b"#"):
            text += self._next()
        assert int(self._next() + self._next(), 16) == sum(text[:-1]) & 255
        return text[:-1].decode()

    def _next(self) -> bytes:
        """One more byte. Raises EOFError."""
        if byte := self.answers.read(1):
            return byte
        raise EOFError("the machine has gone")

    def ask(self, text: str) -> str:
        self.send(text)
        return self.answer()


def with_client(
    debug: Hvt, image: Path, talk: Callable[[Client], None], args: Sequence[str] = ()
) -> Ran:
    """The guest's run, while `talk` says what it may do."""
    return debug.machine.twice(lambda: once_with_client(debug, image, talk, args))


def once_with_client(
    debug: Hvt, image: Path, talk: Callable[[Client], None], args: Sequence[str]
) -> Ran:
    client = Client(debug.machine.line())
    failed: list[BaseException] = []

    def talking() -> None:
        try:
            talk(client)
        except BaseException as error:
            failed.append(error)
        finally:
            with contextlib.suppress(OSError):  # the machine may have gone
                client.line.shutdown(socket.SHUT_RDWR)

    thread = threading.Thread(target=talking)
    thread.start()
    try:
        ran = run(debug, image, args)
    except Late as late:
        thread.join(PATIENCE)
        raise failed[0] if failed else late from late
    finally:
        thread.join(PATIENCE)
        client.answers.close()
        client.line.close()
    if failed:
        raise failed[0]
    return ran


@pytest.mark.skipif(shutil.which("gdb") is None, reason="needs gdb")
def test_gdb(debug: Hvt) -> None:
    """Attach, stop where the application begins, look at registers and memory, change them, go one
    instruction on, and then to the end."""
    image = debug.image("hello", "-g")
    said, ran = under_gdb(
        debug,
        image,
        [
            "break solo5_app_main",
            "continue",
            "info registers rip cs mxcsr st0",
            "print $rsp == $sp && info->heap_start < $rsp",
            "print $r15 = 0x1122334455667788",
            "print *(unsigned char *)info->heap_start = 77",
            "print *(unsigned char *)info->heap_start",
            "print *(unsigned char *)0",
            "print *(unsigned char *)solo5_app_main = 0xf4",
            "x/i solo5_app_main",
            "backtrace",
            "stepi",
            "print $r15",
            "continue",
        ],
    )
    assert (ran.status, ran.console, ran.messages) == (0, "Hello\n", WAITING), said
    for pattern in (
        r"_start \(info=0x10000\)",
        r"Breakpoint 1, solo5_app_main \(info=",
        r"rip +0x1\w+ +0x\w+ <solo5_app_main>",
        r"cs +0x8",
        r"mxcsr +<unavailable>",
        r"st0 +0 ",
        r"\$1 = 1\n\$2 = 1234605616436508552\n\$3 = 77 'M'\n\$4 = 77 'M'",
        r"Cannot access memory at address 0x0\n",
        r"Cannot access memory at address 0x1\w+\n",
        r"=> 0x\w+ <solo5_app_main>:\t(?!hlt)",
        r"#0  solo5_app_main .*\n#1  0x\w+ in _start",
        r"\$5 = 1234605616436508552\n",
        r"\[Inferior 1 \(Remote target\) exited normally\]",
    ):
        assert re.search(pattern, said), (pattern, said)


@pytest.mark.skipif(shutil.which("gdb") is None, reason="needs gdb")
def test_exception(debug: Hvt) -> None:
    """Where README says that a guest stops which has one."""
    typed = ["break exceptions_report", "continue", "backtrace 1", "continue"]
    said, ran = under_gdb(debug, debug.image("faults"), typed, ["write-null"])
    assert "Breakpoint 1, " in said
    assert "in exceptions_report (" in said or "#0  exceptions_report (" in said
    assert "exited with code 0377" in said
    assert ran.status == 255
    assert ran.console.startswith("mirage: ABORT: exception #PF, write to ")


def test_protocol(debug: Hvt) -> None:
    """What is wrong, too large or unknown is refused, and the guest runs on."""
    refused = [
        "m0,10",
        "m101000",
        "m101000,",
        "m-101000,1",
        "m101000,401",
        "mfffffffffffffff0,20",
        "m40000000,1",
        "M101000,1:00",
        "M101000,2:00",
        "M150000,2:0",
        "M150000,1:zz",
        "P12=00",
        "P3e7=0000000000000000",
        "P0=00",
        "Z0,150000,1",  # no code
        "Z0,40000000,1",
        "Z1",
        "Z2,150001,8",  # across two words
        "Z2,150000,3",
        "qXfer:features:read:target.xml:99999,10",
        "qXfer:features:read:target.xml:x,10",
    ]
    unknown = ["", "Z3,150000,8", "Z9,150000,8", "vCont?", "qC", "X0,0:", "\x7f"]

    def talk(client: Client) -> None:
        assert "qXfer:features:read+" in client.ask("qSupported:swbreak+")
        for packet in refused:
            assert client.ask(packet) == "E01", packet
        for packet in unknown:
            assert client.ask(packet) == "", packet
        client.send("m" * 5000)
        assert client.answer() == "E01"
        # Four points, and no fifth; removing one makes room.
        assert [client.ask(f"Z1,10{n}000,1") for n in range(5)] == ["OK"] * 4 + ["E01"]
        assert client.ask("z1,102000,1") == "OK"
        assert client.ask("Z4,150000,8") == "OK"
        assert client.ask("D") == "OK"

    ran = with_client(debug, debug.image("hello"), talk)
    assert (ran.status, ran.console) == (0, "Hello\n")


def test_interrupt_and_kill(debug: Hvt) -> None:
    """A guest that sleeps stops, goes on, and is ended."""

    def talk(client: Client) -> None:
        client.send("c")
        client.line.sendall(b"\x03")
        assert client.answer() == "S02"
        assert len(client.ask("g")) == 2 * (17 * 8 + 7 * 4 + 8 * 10 + 8 * 4 + 16 * 16 + 4 + 2 * 8)
        client.send("k")

    ran = with_client(debug, debug.image("sleeps"), talk)
    assert (ran.status, ran.messages) == (1, f"{WAITING}mirage-hvt-debug: killed by the debugger\n")


@pytest.mark.parametrize(
    ("program", "how", "ends"), [("ends", "exit", "W2a"), ("ends", "abort", "Wff")]
)
def test_status(debug: Hvt, program: str, how: str, ends: str) -> None:
    """gdb is told how the guest ended."""

    def talk(client: Client) -> None:
        assert client.ask("c") == ends

    assert with_client(debug, debug.image(program), talk, [how]).status == int(ends[1:], 16)


def test_guest_that_cannot_go_on(debug: Hvt) -> None:
    """It can be looked at before the tender ends with its message."""

    def talk(client: Client) -> None:
        assert client.ask("P10=0000000000000000") == "OK"  # rip
        assert client.ask("c") == "S0b"
        client.send("c")

    ran = with_client(debug, debug.image("hello"), talk)
    assert ran.status == 1
    assert "mirage-hvt-debug: KVM: unhandled exit" in ran.messages


def test_debugger_that_goes_ends_the_guest(debug: Hvt) -> None:
    def talk(client: Client) -> None:
        assert client.ask("?") == "S05"

    ran = with_client(debug, debug.image("hello"), talk)
    assert (ran.status, ran.console) == (1, "")
    assert "the debugger has gone" in ran.messages


def test_without_the_option(debug: Hvt) -> None:
    """It is the usual tender."""
    ran = debug.run(debug.image("hello"))
    assert (ran.status, ran.console, ran.messages) == (0, "Hello\n", "")


@pytest.mark.parametrize("port", ["", "0", "65536", "-1", "12x"])
def test_bad_port(debug: Hvt, port: str) -> None:
    ran = debug.run(debug.image("hello"), f"--gdb-port={port}")
    assert (ran.status, ran.console) == (1, "")
    assert "Malformed argument to --gdb-port" in ran.messages


def test_usual_tender_has_no_debugger(mirage_hvt: Hvt) -> None:
    """Nor any code of one."""
    ran = mirage_hvt.run(mirage_hvt.image("hello"), "--gdb")
    assert ran.status == 1
    assert "Invalid option: `--gdb'" in ran.messages
    (program,) = mirage_hvt.tender.files.values()
    assert b"--gdb" not in program.read_bytes()
