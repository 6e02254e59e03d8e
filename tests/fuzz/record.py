"""Make the corpus: what real clients send to an image behind a tap interface.

python -m tests.fuzz.record        as root
"""

from __future__ import annotations

import socket
import subprocess
import tempfile
import threading
from pathlib import Path

from tests.fuzz import pcap
from tests.fuzz.frames import IPV4, IPV6, TCP
from tests.fuzz.run import CORPUS
from tests.support.network import Network
from tests.support.unikernel import Unikernels

GUEST = "10.0.0.2"
OUTGOING = 4  # PACKET_OUTGOING, linux/if_packet.h: what the host sends
EACH = 2
"""Frames of a kind that are kept."""
PINGS = (
    ("ping", "-c", "1", GUEST),
    ("ping", "-c", "1", "-s", "3000", GUEST),
    ("ping", "-c", "1", "-R", GUEST),
    ("ping", "-c", "1", "-T", "tsonly", GUEST),
    ("ping", "-6", "-c", "1", "fd00::2"),
    ("ping", "-6", "-c", "1", "-s", "3000", "fd00::2"),
    ("ping", "-6", "-c", "1", "ff02::1%tap0"),
)
REQUESTS = {
    "get": [],
    "query": ["--path-as-is", "/a/../b%20c?x=1&y=%ff"],
    "head": ["--head"],
    "post": ["-d", "name=value&other=2"],
    "chunked": ["-H", "Transfer-Encoding: chunked", "-d", "@-"],
    "expect": ["-H", "Expect: 100-continue", "-d", "body"],
    "close": ["-H", "Connection: close"],
    "old": ["-0"],
    "many-fields": [word for number in range(20) for word in ("-H", f"X-Field-{number}: {number}")],
    "form": ["-F", "text=some;type=text/plain", "-F", "more=of it"],
    "options": ["-X", "OPTIONS", "--request-target", "*"],
    "range": ["-r", "5-10", "-u", "user:password", "--compressed"],
}


def kind(frame: bytes) -> tuple[object, ...]:
    """What frames that are alike have in common."""
    ether = int.from_bytes(frame[12:14], "big")
    size = len(frame) // 100
    if ether == IPV4:
        head = 14 + 4 * (frame[14] & 15)
        flags = frame[head + 13] if frame[23] == TCP else frame[head]
        return ether, frame[23], frame[20] & 0x3F, head, flags, size
    if ether == IPV6:
        return ether, frame[20], frame[54], frame[54 + 13] if frame[20] == TCP else 0, size
    return ether, frame[20:22], size


class Recorder:
    """All that leaves the host on tap0, from now on."""

    def __init__(self, network: Network) -> None:
        self.frames: list[bytes] = []
        with network.inside():
            self.socket = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(3))
            self.socket.bind(("tap0", 3))
        self.socket.settimeout(1)
        self.thread = threading.Thread(target=self.run)
        self.stopped = False
        self.thread.start()

    def run(self) -> None:
        while not self.stopped:
            try:
                frame, about = self.socket.recvfrom(65536)
            except TimeoutError:
                continue
            if about[2] == OUTGOING:
                self.frames.append(frame)

    def stop(self) -> list[bytes]:
        """A few of each kind, in the order in which they came."""
        self.stopped = True
        self.thread.join()
        self.socket.close()
        found: dict[tuple[object, ...], list[bytes]] = {}
        for frame in self.frames:
            found.setdefault(kind(frame), []).append(frame)
        kept = {id(frame) for frames in found.values() for frame in frames[:EACH]}
        return [frame for frame in self.frames if id(frame) in kept]


def request(options: list[str]) -> bytes:
    """What curl sends, as a server gets it that answers nothing but `100 Continue`."""
    path = next((one for one in options if one.startswith("/")), "/")
    words = [one for one in options if one != path]
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = f"http://127.0.0.1:{server.getsockname()[1]}{path}"
        curl = subprocess.Popen(
            ["curl", "-s", "-m", "2", *words, url], stdin=subprocess.PIPE, stdout=subprocess.DEVNULL
        )
        assert curl.stdin
        curl.stdin.write(b"some text\n" * 20)
        curl.stdin.close()
        connected, _ = server.accept()
        sent = b""
        with connected:
            while part := connected.recv(65536):
                sent += part
                if b"100-continue" in part:
                    connected.sendall(b"HTTP/1.1 100 Continue\r\n\r\n")
        curl.wait()
    return sent


def clients(network: Network) -> None:
    """They ask for everything that the image has."""
    for words in PINGS:
        network.run(*words)
    for address in (GUEST, "[fd00::2]"):
        for options in REQUESTS.values():
            words = [one for one in options if not one.startswith("/")]
            network.run("curl", "-s", "-m", "3", *words, f"http://{address}/path")
    with network.inside():
        for family, address in ((socket.AF_INET, GUEST), (socket.AF_INET6, "fd00::2")):
            with socket.socket(family, socket.SOCK_DGRAM) as sender:
                for port in (7, 53, 68, 546, 5353):
                    sender.sendto(b"data" * 10, (address, port))
            with socket.socket(family, socket.SOCK_STREAM) as client:
                client.settimeout(3)
                client.connect((address, 7))
                client.sendall(b"a line\n" + b"x" * 3000 + b"\n")
                client.recv(10)
                client.send(b"!", socket.MSG_OOB)
            with socket.socket(family, socket.SOCK_STREAM) as refused:
                refused.settimeout(1)
                refused.connect_ex((address, 9))


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="mirage-py-record.") as folder, Network() as network:
        image = Unikernels(Path(folder)).build(CORPUS.parent / "unikernel", "unix").path
        network.ip("link", "set", "tap0", "address", "02:00:00:00:00:01")
        recorder = Recorder(network)
        guest = network.start(image, "--net-mac:service=02:00:00:00:00:02")
        guest.wait("IP6: Started")
        clients(network)
        frames = recorder.stop()
    CORPUS.mkdir(exist_ok=True)
    pcap.write(CORPUS / "traffic.pcap", frames)
    for name, options in REQUESTS.items():
        (CORPUS / f"{name}.http").write_bytes(request(options))


if __name__ == "__main__":
    main()
