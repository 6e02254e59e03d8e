"""An image whose network device is one end of a socket pair."""

from __future__ import annotations

import select
import socket
import subprocess
import tempfile
from collections import deque
from pathlib import Path
from typing import Self

from tests.fuzz import pcap
from tests.fuzz.answers import CLIENT, DISCOVER, REQUEST, SERVED, kind, right
from tests.fuzz.frames import (
    ACK,
    RST,
    SYN,
    Connection,
    datagram,
    is_pong,
    order,
    ping,
    station,
    udp,
)
from tests.support.unikernel import COMMAND

HERE = Path(__file__).parent
PATIENCE = 20
"""Seconds that an answer may take."""
KEPT = 5000
"""Frames that are kept for whoever looks for the one that did it."""


class NoAnswer(AssertionError):
    """The image ended, or went silent."""


def build(folder: Path) -> Path:
    """The image with sanitizers, built below `folder`."""
    for file in (HERE / "unikernel").glob("*.py"):
        (folder / file.name).write_text(file.read_text())
    words = [*COMMAND, "-C", str(folder), "build", "-t", "unix", "--dhcp", "--sanitize"]
    subprocess.run(words, check=True, capture_output=True, timeout=900)
    return folder / "dist" / "fuzzed.unix"


class Link:
    """A running image, and the frames to and from it."""

    def __init__(self, image: Path) -> None:
        self.socket, end = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self.console = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        words = [image, "--mem=32", f"--net:service=@{end.fileno()}",
                 "--net-mac:service=02:00:00:00:00:02", "--logs=quiet"]  # fmt: skip
        self.process = subprocess.Popen(
            words, pass_fds=[end.fileno()], stdin=subprocess.DEVNULL, stdout=self.console,
            stderr=subprocess.STDOUT,
        )  # fmt: skip
        end.close()
        self.last: deque[bytes] = deque(maxlen=KEPT)
        self.count = 0
        self.answered = 0
        """Requests of HTTP that the image said something to."""
        self.found = 0
        """Names that the image found."""
        self.pings = 0
        self.leasing = True
        """Whether requests for a lease are answered."""
        self.seconds = 3600
        """What a lease is for."""
        self.datagrams: deque[tuple[bytes, int, int, bytes]] = deque(maxlen=100)
        """What came over UDP: to which address, ports, content."""
        self.destination = b""
        """Where the last of them was sent."""
        self.opened: dict[int, Connection] = {}
        """Connections by the host's port."""
        self._ports = 0

    def __enter__(self) -> Self:
        try:
            self._wait()
        except BaseException:
            self.__exit__()
            raise
        return self

    def _wait(self) -> None:
        """Until it listens."""
        for _ in range(200):  # what comes before the network is up, is lost
            if made := self.connect(80, 0.1):
                self.send(made.segment(RST))
                del self.opened[made.here]
                self.alive()
                return
        raise self.failed("nothing listens")

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()
        self.socket.close()
        self.console.close()

    def send(self, frame: bytes) -> list[bytes]:
        """Send a frame; what has come meanwhile."""
        self.last.append(frame)
        self.count += 1
        try:
            self.socket.send(frame)
        except OSError as error:
            raise self.failed(str(error)) from error
        return self.receive(0)

    def receive(self, seconds: float) -> list[bytes]:
        """The frames that have come, or come first in that time."""
        found = []
        while select.select([self.socket], [], [], 0 if found else seconds)[0]:
            try:
                frame = self.socket.recv(65536)
                if frame and (answer := station(frame)):
                    self.socket.send(answer)
                if frame and self.leasing and (answer := right(frame, self.seconds)):
                    self.socket.send(udp(SERVED, CLIENT, answer))
            except OSError as error:
                raise self.failed(str(error)) from error
            if not frame:
                raise self.failed("it ended")
            found.append(frame)
            if come := datagram(frame):
                self.datagrams.append((frame[30:34], *come))
            for one in self.opened.values():
                if one.take(frame):
                    break
        return found

    def tell(self, text: str) -> None:
        """Have the image do something."""
        self.datagrams.clear()
        self.send(order(text))

    def datagram(self, port: int, seconds: float = PATIENCE) -> tuple[int, bytes] | None:
        """The next that comes to a port: where from, and what; None if none does in time."""
        while True:
            while self.datagrams:
                self.destination, here, there, content = self.datagrams.popleft()
                if there == port:
                    return here, content
            if not self.receive(seconds):
                return None

    def asks(self, seconds: float = PATIENCE) -> bytes | None:
        """The next message by which the image asks for a lease; None if none comes in time."""
        while found := self.datagram(SERVED, seconds):
            if kind(found[1]) in (DISCOVER, REQUEST):
                return found[1]
        return None

    def leased(self) -> None:
        """Fails unless the image asks for the lease that it is offered, and so is given it."""
        while message := self.asks():
            if kind(message) == REQUEST:
                return
        raise self.failed("it asks for no lease")

    def alive(self) -> None:
        """Fails unless a ping is answered, or one that follows: what comes before the image has an
        address is lost."""
        for _ in range(PATIENCE):
            self.pings = (self.pings + 1) & 0xFFFF
            came = self.send(ping(self.pings)) or self.receive(1)
            while came:
                if any(is_pong(frame, self.pings) for frame in came):
                    return
                came = self.receive(1)
        raise self.failed("no ping is answered")

    def connect(self, port: int, patience: float) -> Connection | None:
        """A connection to that port of the image; None if it has no room for one, which is so when
        nothing comes for that many seconds."""
        self._ports = self._ports % 60000 + 1
        made = Connection(1024 + self._ports, port, sent=self._ports * 7919)
        self.opened[made.here] = made
        self.send(made.segment(SYN, options=b"\x02\x04\x05\xb4"))
        made.sent += 1
        while not made.due and self.receive(patience):
            pass
        if not made.due:
            del self.opened[made.here]
            return None
        self.send(made.segment(ACK))
        return made

    def failed(self, what: str) -> NoAnswer:
        """What to raise, with the end of the console; it is the end of the image, and of the link.
        The last frames are kept in a file."""
        self.process.kill()
        self.process.wait()
        self.console.seek(0)
        said = self.console.read().decode(errors="replace")
        self.__exit__()
        file = Path(tempfile.gettempdir(), f"fuzzed-{self.process.pid}.pcap")
        pcap.write(file, self.last)
        status = f"{what}, status {self.process.returncode}, after {self.count} frames"
        return NoAnswer(f"{status}; the last of them are in {file}\n{said[-6000:]}")
