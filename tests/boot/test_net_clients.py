"""Clients of an image over what connects them: by name and by address, over either family."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import pytest

from tests.support.asker import CLIENT, Client, client
from tests.support.names import dnsmasq, greeter
from tests.support.network import Network, can_make_namespaces, eventually
from tests.support.unikernel import Unikernels, mirage_py

pytestmark = pytest.mark.skipif(
    not can_make_namespaces(), reason="needs root and /dev/net/tun for a tap"
)
KNOWN = ("--host-record=six.example,fd00::1", "--host-record=four.example,10.0.0.1")
ARGS = ("--ipv6=fd00::2/64", "--dns-servers=10.0.0.1")


def test_mimic(unikernels: Unikernels) -> None:
    with (
        client(unikernels, *ARGS) as one,
        dnsmasq(one.network, *KNOWN),
        greeter(one.network, "10.0.0.1", 4000),
        greeter(one.network, "fd00::1", 4000),
    ):
        one.guest.wait("IP6: Started with")
        for host, told in (
            ("six.example", "fd00::1"), ("four.example", "10.0.0.1"),
            ("fd00::1", "fd00::1"), ("10.0.0.1", "10.0.0.1"),
        ):  # fmt: skip
            assert one.do(f"mimic {host} 4000") == f"b'{told}'"
        assert "name resolution failed" in one.do("mimic none.example 4000")


def test_resolver(unikernels: Unikernels) -> None:
    """It asks servers of its own; other names are still found by those of the DNS client."""
    args = ("--ipv6=fd00::2/64", "--dns-servers=10.0.0.1", "--resolver=10.0.0.3")
    with client(unikernels, *args) as one:
        one.network.ip("addr", "add", "10.0.0.3/24", "dev", "tap0")
        own = ("--host-record=own.example,10.0.0.9", "--host-record=six.example,fd00::9")
        with (
            dnsmasq(one.network, *KNOWN),
            dnsmasq(one.network, *own, "--local=/example/", address="10.0.0.3"),
            greeter(one.network, "10.0.0.1", 4000),
        ):
            assert one.do("addresses own.example") == "['10.0.0.9']"
            assert one.do("addresses six.example") == "['fd00::9']"
            assert one.do("addresses 10.0.0.7") == "['10.0.0.7']"
            assert one.do("addresses none.example").endswith(
                "name resolution failed: v4: there is no name none.example; "
                "v6: there is no name none.example"
            )
            assert one.do("connect four.example 4000") == "b'10.0.0.1'"


def test_resolver_of_the_host(unikernels: Unikernels) -> None:
    """Its files are read: names of the one, and the name server of the other."""
    config = CLIENT["config.py"].replace("resolver_dns", "resolver_unix_system")
    built = unikernels.build({**CLIENT, "config.py": config}, "unix", "--net=host")
    with Network() as network:
        etc = Path("/etc/netns", network.name)  # what `ip netns exec` shows as /etc
        etc.mkdir(parents=True)
        try:
            (etc / "hosts").write_text("127.0.0.1 localhost\n10.0.0.8\tOwn.Example own # mine\n")
            (etc / "resolv.conf").write_text("; a comment\nsearch example\nnameserver 10.0.0.1\n")
            with dnsmasq(network, *KNOWN), greeter(network, "10.0.0.1", 4000):
                guest = network.start(built.path, "--mem=8", attached=False)
                guest.wait("listening")
                one = Client(network, guest, "127.0.0.1")
                assert one.do("addresses own.example") == "['10.0.0.8']"
                assert one.do("addresses six.example") == "['fd00::1']"
                told = one.do("addresses none.example")
                assert "name resolution failed: v4: name server udp:10.0.0.1:53 refuses" in told
        finally:
            shutil.rmtree(etc)
    ran = mirage_py("-C", str(built.folder), "describe", "-t", "spt")
    assert "`resolver_unix_system` needs `files`, which target `spt`" in ran.messages


def test_paf_client(unikernels: Unikernels, tmp_path: Path) -> None:
    """From Python's own server."""
    (tmp_path / "some.txt").write_bytes(bytes(100_000))
    with client(unikernels, *ARGS) as one, dnsmasq(one.network, *KNOWN):
        server = [sys.executable, "-m", "http.server", "--directory", str(tmp_path)]
        with one.network.serving(*server, "--bind", "10.0.0.1", "8000"):
            assert eventually(lambda: ":8000 " in one.network.run("ss", "-lntH").stdout)
            for host in ("four.example", "10.0.0.1"):
                told = one.do(f"fetch http://{host}:8000/some.txt")
                assert told == "(200, 'text/plain', 100000)"
            assert one.do("fetch http://10.0.0.1:8000/none").startswith("(404, ")
            assert "ConnectionRefusedError: [Errno 111]" in one.do("fetch http://10.0.0.1:8001/")
            told = one.do("fetch https://four.example/")
            assert told == "NotImplementedError: there is no TLS in this image"
