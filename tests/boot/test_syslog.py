"""Log messages of images, as rsyslog gets them over UDP and TCP."""

from __future__ import annotations

import contextlib
import re
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from tests.support.network import TIMEOUT, Guest, Network, can_make_namespaces, eventually
from tests.support.unikernel import Unikernels

pytestmark = pytest.mark.skipif(
    not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap"
)
RSYSLOG = """\
global(workDirectory="{folder}" net.enableDNS="off" maxMessageSize="64k")
module(load="imudp")
module(load="imtcp" addtlFrameDelimiter="0" disableLFDelimiter="on")
input(type="imudp" port="514" address="0.0.0.0")
input(type="imtcp" port="514" address="0.0.0.0")
template(name="fields" type="string" string="%pri%|%timestamp%|%hostname%|%syslogtag%|%msg%\\n")
*.* action(type="omfile" file="{folder}/log" template="fields")
"""
ONCE = {
    "config.py": """\
from mirage_py import *
stack = generic_stackv4v6(default_network)
app = main("unikernel.start", stackv4v6 >> job, deps=[syslog_udp(stack)])
register("once", [app(stack)])
""",
    "unikernel.py": """\
from mirage import log

shop = log.source("shop")

async def start(stack):
    log.app("open")
    log.error("broken")
    shop.warning("%d left", 3)
    shop.debug("not shown")
    log.info("long " + 100 * "x")
    try:
        stack.nothing
    except AttributeError as error:
        log.exception("failed", error)
""",
}
KEEPING = {
    "config.py": """\
from mirage_py import *
stack = generic_stackv4v6(default_network)
app = main("unikernel.start", stackv4v6 >> job, deps=[syslog_tcp(stack)])
register("keeping", [app(stack)])
""",
    "unikernel.py": """\
import asyncio
from mirage import log

async def start(stack):
    async def repeat(reader, writer):
        times, text = (await reader.readline()).decode().split()
        for number in range(int(times)):
            log.info("%s %d", text, number)
        writer.write("done")

    await stack.tcp.listen(7, repeat)
    print("listening")
    await asyncio.sleep(1000)
""",
}


@dataclass
class Receiver:
    """rsyslog in a network, and what it has got: (priority, host, tag, message) each."""

    network: Network
    folder: Path
    process: contextlib.ExitStack = field(default_factory=contextlib.ExitStack)

    def start(self) -> None:
        settings = self.folder / "rsyslog.conf"
        settings.write_text(RSYSLOG.format(folder=self.folder))
        words = ["rsyslogd", "-n", "-f", settings, "-i", self.folder / "pid"]
        self.process.enter_context(self.network.serving(*words))
        assert eventually(lambda: "0.0.0.0:514" in self.network.run("ss", "-lnt").stdout)

    def stop(self) -> None:
        self.process.close()

    def messages(self) -> list[tuple[str, str, str, str]]:
        path = self.folder / "log"
        found = []
        whole, _, _ = (path.read_text() if path.exists() else "").rpartition("\n")
        for line in whole.splitlines():
            priority, time, host, tag, message = line.split("|", 4)
            if tag.startswith("rsyslogd"):
                continue
            assert re.fullmatch(r"[A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d", time)
            found.append((priority, host, tag, message.strip()))
        return found

    def has(self, text: str) -> bool:
        return eventually(lambda: any(text in one[3] for one in self.messages()))


@pytest.fixture
def receiver(tmp_path: Path) -> Iterator[Receiver]:
    with Network() as network:
        receiver = Receiver(network, tmp_path)
        with receiver.process:
            receiver.start()
            yield receiver


def ask(network: Network, times: int, text: str) -> None:
    """Let the image log a text so many times."""
    with network.inside():
        made = socket.create_connection(("10.0.0.2", 7), timeout=TIMEOUT)
    with made:
        made.sendall(f"{times} {text}\n".encode())
        assert made.recv(10) == b"done"


def run(receiver: Receiver, image: Path, *args: str) -> Guest:
    """Run an image to its end."""
    guest = receiver.network.start(image, args=args)
    guest.ended()
    return guest


def test_datagrams(receiver: Receiver, unikernels: Unikernels) -> None:
    """All messages of an image that ends at once arrive, and none are on its console."""
    image = unikernels.build(ONCE, "spt").path
    guest = run(receiver, image, "--syslog=10.0.0.1", "--syslog-truncate=60", "--name=till")
    assert guest.process.returncode == 0, guest.lines
    assert receiver.has("failed")
    head = len("<30>Nov 25 12:00:00 till application: ")
    messages = receiver.messages()
    assert messages[:-1] == [
        ("30", "till", "application:", "open"),
        ("27", "till", "application:", "broken"),
        ("28", "till", "shop:", "3 left"),
        ("30", "till", "application:", ("long " + 100 * "x")[: 60 - head]),
    ]
    assert messages[-1][:3] == ("27", "till", "application:")
    assert messages[-1][3].startswith("failed#012Traceback")  # a line's end, as rsyslog writes it
    guest.wait("[netif]")  # the stack was not there yet
    assert not any("broken" in line for line in guest.lines), guest.lines


def test_without_a_server(receiver: Receiver, unikernels: Unikernels) -> None:
    guest = run(receiver, unikernels.build(ONCE, "spt").path)
    guest.wait("[WARNING] [syslog] no syslog server specified, dumping logs to stdout")
    guest.wait("[ERROR] [application] broken")
    assert receiver.messages() == []


def test_stream(receiver: Receiver, unikernels: Unikernels) -> None:
    """A receiver that goes away and comes back gets what was logged meanwhile, as far as there is
    room for it, and how much there was not."""
    guest = receiver.network.start(
        unikernels.build(KEEPING, "spt").path, args=("--syslog=10.0.0.1",)
    )
    guest.wait("listening")
    ask(receiver.network, 1, "one")
    assert receiver.has("one 0")
    receiver.stop()
    guest.wait("[ERROR] [syslog] 10.0.0.1:514: closed by the server, reconnecting")
    ask(receiver.network, 1000, "two" + 200 * "x")
    receiver.start()
    guest.wait("10.0.0.1:514: reconnected")
    assert receiver.has("messages were lost")
    ask(receiver.network, 1, "three")
    assert receiver.has("three 0")
    texts = [one[3] for one in receiver.messages()]
    kept = [text for text in texts if text.startswith("two")]
    assert kept == [f"two{200 * 'x'} {number}" for number in range(len(kept))]
    lost = next(text for text in texts if "lost" in text)
    assert lost == f"{1000 - len(kept)} messages were lost"
    assert guest.alive()


def test_server_that_does_not_read(unikernels: Unikernels) -> None:
    """It stops the messages, not the image; when it closes, they go on to who comes next."""
    image = unikernels.build(KEEPING, "spt").path
    with Network() as network, network.inside(), socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        server.bind(("10.0.0.1", 514))
        server.listen()
        server.settimeout(TIMEOUT)
        guest = network.start(image, args=("--syslog=10.0.0.1",))
        first, _ = server.accept()
        with first:
            guest.wait("listening")
            ask(network, 600, "one" + 200 * "x")
            first.shutdown(socket.SHUT_WR)
            second, _ = server.accept()
        ask(network, 1, "two")
        with second:
            second.settimeout(TIMEOUT)
            got = b""
            while b"two 0\0" not in got and (more := second.recv(65536)):
                got += more
        records = got.decode().split("\0")
        assert len(records) > 100
        assert all(" application: " in one for one in records[:100])


def test_nobody_to_connect_to(receiver: Receiver, unikernels: Unikernels) -> None:
    receiver.stop()
    guest = run(receiver, unikernels.build(KEEPING, "spt").path, "--syslog=10.0.0.1")
    assert guest.process.returncode == 1
    guest.wait("mirage: device `syslog_tcp` (config.py:3) cannot be connected: OSError: ")


def test_a_silent_receiver_does_not_hold_the_end(
    receiver: Receiver, unikernels: Unikernels
) -> None:
    """An image ends though nobody answers for the server's address."""
    guest = run(receiver, unikernels.build(ONCE, "spt").path, "--syslog=10.0.0.9")
    assert guest.process.returncode == 0, guest.lines
    guest.wait("10.0.0.9:514: some messages were not sent")
