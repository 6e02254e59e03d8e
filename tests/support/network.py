"""A network of the test's own: a namespace with a tap interface, in which images run and from which
the test talks to them.

with Network() as network:
    guest = network.start(image, "--mem=16")
    guest.wait("listening")
    with network.inside():
        socket.create_connection(("10.0.0.2", 7))
"""

from __future__ import annotations

import contextlib
import ctypes
import itertools
import os
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Self

from tests.support.running import serving, stop
from tests.support.unikernel import COMMAND

NEWNET = 0x40000000
TIMEOUT = 30
"""Seconds that anything may take which takes none."""
_numbers = itertools.count()


def can_make_namespaces() -> bool:
    """Whether this process may have a network of its own, and tap interfaces in it."""
    return os.geteuid() == 0 and os.access("/dev/net/tun", os.R_OK | os.W_OK)


class Guest:
    """A running image."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self.lines: list[str] = []
        self._is_all = False
        self._more = threading.Condition()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout
        for line in self.process.stdout:
            with self._more:
                self.lines.append(line.rstrip("\n"))
                self._more.notify_all()
        with self._more:
            self._is_all = True
            self._more.notify_all()

    def wait(self, text: str, *, timeout: float = TIMEOUT) -> str:
        """The first line that holds `text`, as soon as it is there."""
        with self._more:
            self._more.wait_for(lambda: self._find(text) is not None or self._is_all, timeout)
            line = self._find(text)
        assert line is not None, f"no line with {text!r} in {self.lines}"
        return line

    def _find(self, text: str) -> str | None:
        return next((line for line in self.lines if text in line), None)

    def ended(self, timeout: float = TIMEOUT) -> int:
        """The exit status of an image that ends by itself; all that it wrote is in `lines`."""
        status = self.process.wait(timeout)
        self._reader.join(timeout)
        return status

    @property
    def image(self) -> int:
        """The number of the process that the image, or its tender, is: one that `run` has made."""
        run = self.process.pid
        made = Path(f"/proc/{run}/task/{run}/children").read_text(encoding="ascii").split()
        return int(made[-1]) if made else run

    def alive(self) -> bool:
        return self.process.poll() is None

    def stop(self) -> None:
        """End it, if it has not ended."""
        stop(self.process)
        self._reader.join(TIMEOUT)
        assert not self._reader.is_alive(), "what it started is still there"
        assert self.process.stdout
        self.process.stdout.close()


class Network:
    """A namespace whose `tap0` has the addresses 10.0.0.1/24 and fd00::1/64."""

    def __init__(self, mtu: int = 1500) -> None:
        self.name = f"mirage-py-{os.getpid()}-{next(_numbers)}"
        self.guests: list[Guest] = []
        self.mtu = mtu

    def __enter__(self) -> Self:
        subprocess.run(["ip", "netns", "add", self.name], check=True)
        try:
            self.ip("link", "set", "lo", "up")
            self.tap("tap0", "10.0.0.1/24")
            self.ip("addr", "add", "fd00::1/64", "dev", "tap0", "nodad")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for guest in self.guests:
            guest.stop()
        subprocess.run(["ip", "netns", "del", self.name], check=True)

    def ip(self, *words: str) -> str:
        """What `ip WORDS` says, inside."""
        return subprocess.run(
            ["ip", "-n", self.name, *words], check=True, capture_output=True, text=True
        ).stdout

    def tap(self, name: str, address: str) -> None:
        """One more tap interface, up, with that address."""
        self.ip("tuntap", "add", name, "mode", "tap")
        self.ip("addr", "add", address, "dev", name)
        self.ip("link", "set", name, "mtu", str(self.mtu), "up")

    def command(self, *words: str | Path) -> list[str]:
        """The command that runs another one inside."""
        return ["ip", "netns", "exec", self.name, *map(str, words)]

    def serving(self, *words: str | Path) -> contextlib.AbstractContextManager[None]:
        """A server that runs inside meanwhile."""
        return serving(self.command(*words))

    def run(self, *words: str | Path, timeout: float = TIMEOUT) -> subprocess.CompletedProcess[str]:
        """A command, run inside to its end."""
        return subprocess.run(
            self.command(*words),
            check=False, capture_output=True, text=True, timeout=timeout,
        )  # fmt: skip

    def start(
        self, image: Path, *options: str, args: tuple[str, ...] = (), attached: bool = True
    ) -> Guest:
        """An image, started inside by `mirage-py run` with its device `service` on tap0, unless it
        has none that is to be `attached`."""
        device = ["--net:service=tap0"] if attached else []
        words = [*COMMAND, "run", image, *device, *options, "--", *args]
        process = subprocess.Popen(
            self.command(*words), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
        )  # fmt: skip
        guest = Guest(process)
        self.guests.append(guest)
        return guest

    @contextlib.contextmanager
    def inside(self) -> Iterator[None]:
        """Sockets that this thread makes meanwhile, and processes, are inside."""
        libc = ctypes.CDLL(None, use_errno=True)
        namespace = Path("/run/netns", self.name)
        with Path("/proc/thread-self/ns/net").open() as outside, namespace.open() as here:
            assert libc.setns(here.fileno(), NEWNET) == 0
            try:
                yield
            finally:
                assert libc.setns(outside.fileno(), NEWNET) == 0


def eventually(condition: Callable[[], bool], *, timeout: float = TIMEOUT) -> bool:
    """Whether `condition()` becomes true in time."""
    end = time.monotonic() + timeout
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.02)
    return condition()
