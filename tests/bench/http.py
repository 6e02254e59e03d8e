"""HTTP servers: requests a second, and the processor's time that one takes.

Images stand behind a tap interface in a network namespace, servers of the host behind a veth pair
in one of their own. The client, wrk, is pinned to one processor and the server to another; each
server is measured in several rounds, keeping connections and closing them. The ceiling is an image
in C that sends frames back, which is all that a tap can do. Another image in C answers the client's
segments out of themselves: what is between it and the ceiling is the host's own TCP.

    python -m tests.bench.http [--rounds N] [--seconds S]        as root
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import venv
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench import micropython
from tests.bench.report import Figure, goals, table
from tests.bench.tap import frames
from tests.support.network import Network
from tests.support.programs import build_image, cc
from tests.support.unikernel import Unikernels

WEB = Path(__file__).parent / "web"
GUEST, HOST = "10.0.0.2", "10.1.0.2"
CEILING = "frames in C, sent back"
LEAST = "segments in C, answered"
FRAMES, ANSWERS = (Path(__file__).with_name(name) for name in ("frames.c", "answers.c"))
GOALS = [
    ("our handler, spt", "CPython, streams", 1.0),
    ("our handler, spt", "CPython, uvicorn", 1.5),
    ("our handler, spt", CEILING, 0.4),
    ("our files, spt", CEILING, 0.7),
]
CONNECTIONS = 16
CLIENT, SERVER = "0", "1"
"""Processors."""
REQUESTS = re.compile(r"^\s*(\d+) requests in ([\d.]+)s", re.MULTILINE)
GONE = re.compile(r"Socket errors:.*|Non-2xx.*")
SPT = Path(sys.executable).with_name("mirage-spt")
Started = Callable[[], subprocess.Popen[bytes]]


@dataclass(frozen=True)
class Rates:
    """What came of a server: one of each a round."""

    name: str
    keeps: bool
    per_second: tuple[float, ...]
    microseconds: tuple[float, ...]
    """Of the processor, for a request."""

    def line(self, ceiling: float, least: float) -> list[str]:
        """`ceiling`, `least`: what the best is to be compared with."""
        return [
            f"{self.name}, {'keep-alive' if self.keeps else 'close'}",
            f"{max(self.per_second):,.0f}",
            f"{statistics.median(self.per_second):,.0f}",
            f"{max(self.per_second) / ceiling:.2f}",
            f"{max(self.per_second) / least:.2f}",
            f"{min(self.microseconds):.1f}",
            f"{statistics.median(self.microseconds):.1f}",
        ]


def spent(process: int) -> int:
    """Nanoseconds of a processor that a process has taken, in all its threads."""
    tasks = Path(f"/proc/{process}/task").glob("*/schedstat")
    return sum(int(task.read_text().split()[0]) for task in tasks)


def rate(
    inside: Sequence[str], url: str, process: int, seconds: int, keeps: bool
) -> tuple[float, float]:
    """Requests a second, and microseconds of the server's processor for each."""
    header = [] if keeps else ["-H", "Connection: close"]
    before = spent(process)
    done = subprocess.run(
        [*inside, "taskset", "-c", CLIENT, "wrk", "-t1", f"-c{CONNECTIONS}", f"-d{seconds}",
         *header, url],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    took = spent(process) - before
    found = REQUESTS.search(done.stdout)
    assert found, done.stdout
    assert not GONE.search(done.stdout), done.stdout
    number = int(found[1])
    return number / float(found[2]), took / 1000 / number


class Hosts:
    """Two namespaces with a veth pair between: servers of the host stand in the second."""

    def __init__(self, network: Network) -> None:
        self.name = f"{network.name}-host"
        self.network = network

    @contextmanager
    def made(self) -> Iterator[Sequence[str]]:
        """The words before a command that is to run there."""
        subprocess.run(["ip", "netns", "add", self.name], check=True)
        try:
            self.network.ip("link", "add", "veth0", "type", "veth", "peer", "name", "veth1",
                            "netns", self.name)  # fmt: skip
            self.network.ip("addr", "add", "10.1.0.1/24", "dev", "veth0")
            self.network.ip("link", "set", "veth0", "up")
            inside = ["ip", "-n", self.name]
            subprocess.run([*inside, "addr", "add", f"{HOST}/24", "dev", "veth1"], check=True)
            subprocess.run([*inside, "link", "set", "veth1", "up"], check=True)
            self.let_ports_return()
            yield ["ip", "netns", "exec", self.name]
        finally:
            subprocess.run(["ip", "netns", "del", self.name], check=True)

    def let_ports_return(self) -> None:
        """A client that closes 20,000 connections a second has no ports left after three, unless
        each may be used again before TIME_WAIT is over."""
        for setting in ("tcp_tw_reuse=1", "ip_local_port_range=1024 65535"):
            self.network.run("sysctl", "-q", "-w", f"net.ipv4.{setting}").check_returncode()


@contextmanager
def running(start: Started, address: str, port: int, inside: Network) -> Iterator[int]:
    """The process of a server, once it answers."""
    process = start()
    try:
        for _ in range(200):
            tried = inside.run("curl", "-s", "-o", "/dev/null", f"http://{address}:{port}/")
            if tried.returncode == 0:
                break
            if process.poll() is not None:
                raise RuntimeError(f"the server on {address}:{port} ended")
            time.sleep(0.05)
        else:
            raise RuntimeError(f"no server on {address}:{port}")
        yield process.pid
    finally:
        process.kill()
        process.wait()


def ceiling(folder: Path, network: Network, rounds: int, seconds: int) -> Rates:
    """Frames that an image in C sends back."""
    client = folder / "client"
    cc("-O2", FRAMES.with_name("frames_client.c"), "-o", client)
    image = build_image(folder / "frames.spt", FRAMES, "spt", "-s", service="net")
    network.ip("link", "set", "tap0", "address", "02:00:00:00:00:01")
    mac = "--net-mac:service=02:00:00:00:00:02"
    words = ["ip", "netns", "exec", network.name, "taskset", "-c", SERVER]
    process = subprocess.Popen([*words, SPT, "--mem=2", "--net:service=tap0", mac, image])
    try:
        time.sleep(0.5)  # it answers nothing but what is measured
        pairs = []
        for _ in range(rounds):
            before = spent(process.pid)
            rate = frames(network, client, "e", seconds)
            pairs.append((rate, (spent(process.pid) - before) / 1000 / (rate * seconds)))
    finally:
        process.kill()
        process.wait()
    return Rates(CEILING, True, *map(tuple, zip(*pairs, strict=True)))


def measure(folder: Path, rounds: int, seconds: int) -> list[Rates]:
    """The ceiling and all servers, one after the other. The tools' time is not measured."""
    unikernels = Unikernels(folder / "images")
    images = {target: unikernels.build(WEB, target).path for target in ("spt", "unix")}
    least = build_image(folder / "answers.spt", ANSWERS, "spt", "-s", service="net")
    python = peers(folder / "peers")
    small_python = micropython.build(folder)
    with Network() as network, Hosts(network).made() as there:
        found = [ceiling(folder, network, rounds, seconds)]
        client = ["ip", "netns", "exec", network.name]

        def pinned(words: Sequence[str | Path], where: Sequence[str]) -> Started:
            argv = [*where, "taskset", "-c", SERVER, *map(str, words)]
            return lambda: subprocess.Popen(
                argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,  # it tells of each client that is cut off
            )  # fmt: skip

        def each(
            name: str, start: Started, address: str, port: int, path: str = "",
            ways: Sequence[bool] = (True, False),
        ) -> None:  # fmt: skip
            with running(start, address, port, network) as process:
                for keeps in ways:
                    url = f"http://{address}:{port}/{path}"
                    pairs = [rate(client, url, process, seconds, keeps) for _ in range(rounds)]
                    found.append(Rates(name, keeps, *map(tuple, zip(*pairs, strict=True))))

        mac = "--net-mac:service=02:00:00:00:00:02"
        network.ip("neigh", "replace", GUEST, "lladdr", mac[-17:], "dev", "tap0")
        words = [SPT, "--mem=2", "--net:service=tap0", mac, least]
        each(LEAST, pinned(words, client), GUEST, 80, ways=[True])
        network.ip("neigh", "del", GUEST, "dev", "tap0")
        for target, image in images.items():
            devices = ["--mem=64", "--net:service=tap0"]
            words = [image, *devices] if target == "unix" else [SPT, *devices, image]
            command = pinned(words, client)
            each(f"our handler, {target}", command, GUEST, 80)
            each(f"our files, {target}", command, GUEST, 81, "hello.txt")
            each(f"asyncio streams, {target}", command, GUEST, 82)
        words = [small_python, WEB / "small_server.py", HOST, "80"]
        each("asyncio streams in MicroPython, Linux", pinned(words, there), HOST, 80)
        for kind in ("streams", "protocol", "uvloop", "uvicorn"):
            words = [python, WEB / "server.py", kind, HOST, "80"]
            each(f"CPython, {kind}", pinned(words, there), HOST, 80)
        each("nginx, a file", pinned(nginx(folder / "nginx"), there), HOST, 80, "hello.txt")
    return found


def peers(folder: Path) -> Path:
    """A Python that has uvloop and uvicorn."""
    venv.create(folder, with_pip=True)
    python = folder / "bin" / "python"
    subprocess.run(
        [python, "-m", "pip", "install", "-q", "uvloop", "uvicorn[standard]"], check=True
    )
    return python


def nginx(folder: Path) -> list[str]:
    """Debian's nginx with one worker."""
    folder.mkdir()
    text = (WEB / "nginx.conf").read_text()
    conf = folder / "nginx.conf"
    conf.write_text(text.format(folder=folder, address=HOST, port=80, root=WEB / "files"))
    folder.chmod(0o755)
    return ["nginx", "-e", "stderr", "-p", str(folder), "-c", str(conf)]


def lines(measured: Sequence[Rates]) -> list[list[str]]:
    """A table of them."""
    compared = [max(one.per_second) for one in measured[:2]]
    head = ["requests a second", "best", "median", "of frames", "of segments"]
    return [[*head, "least cpu us", "median"], *(one.line(*compared) for one in measured)]


def figures(measured: Sequence[Rates]) -> list[Figure]:
    """What has a goal: how many times as many requests a second, at best, and how many times as
    little of the processor, which the client does not bound."""
    best = {one.name: max(one.per_second) for one in measured if one.keeps}
    least = {one.name: min(one.microseconds) for one in measured if one.keeps}
    found = []
    for name, other, goal in GOALS:
        remark = f"of the processor {least[other] / least[name]:.2f}"
        ratio = best[name] / best[other]
        found.append(Figure(f"{name} / {other}", ratio, goal, remark=remark, at_least=True))
    return found


def missing() -> str:
    """What keeps this from measuring, if anything does."""
    if os.geteuid() != 0:
        return "only root can make network namespaces"
    tools = [tool for tool in ("curl", "nginx", "taskset", "wrk") if not shutil.which(tool)]
    return f"apt install {' '.join(tools)}" if tools else ""


def main() -> None:
    parser = argparse.ArgumentParser(prog="tests.bench.http", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=int, default=2)
    options = parser.parse_args()
    if lacking := missing():
        print(f"HTTP servers are not measured: {lacking}")
        return
    with tempfile.TemporaryDirectory(prefix="mirage-py-bench.") as name:
        folder = Path(name)
        folder.chmod(0o755)
        measured = measure(folder, options.rounds, options.seconds)
        print(table(lines(measured)), goals(figures(measured)), sep="\n\n")


if __name__ == "__main__":
    main()
