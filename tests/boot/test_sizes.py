"""What an image may weigh, and the least memory that it must start in."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.bench.network import CONFIG, GUEST
from tests.support.unikernel import Unikernels

HELLO = Path(__file__).resolve().parents[2] / "examples" / "tutorial" / "hello"
MOST = {"spt": 270_000, "unix": 277_000, "hvt": 280_000, "virtio": 330_000}
"""Bytes of the stripped image; measured: 190,000 to 206,000."""


@pytest.mark.parametrize("target", MOST)
def test_hello(target: str, unikernels: Unikernels) -> None:
    """Two megabytes, in which test_examples.py runs it and of which one lies below the image, leave
    room for a heap."""
    image = unikernels.build(HELLO, target, beside=MOST)
    assert 50_000 < image.path.stat().st_size <= MOST[target]


SERVERS: dict[str, tuple[int, set[str]]] = {
    "static": (340_000, set()),
    "dual": (369_000, {"nd6_input", "dns_setserver"}),
}
"""Bytes of an HTTP server for spt, measured: 332,600 and 361,400; and what of OPTIONAL it has."""
SERVER, CLIENT = (f"children_mirage_http_{one}" for one in ("server_Server", "client_Client"))
OPTIONAL = {"nd6_input", "dns_setserver", "dhcp_start", CLIENT}


@pytest.mark.parametrize("kind", SERVERS)
def test_http_server(kind: str, unikernels: Unikernels) -> None:
    """It holds the protocols that its stack speaks, and nothing of a client."""
    most, has = SERVERS[kind]
    files = {"config.py": CONFIG.replace("KIND", kind), "unikernel.py": GUEST}
    image = unikernels.build(files, "spt").path
    assert image.stat().st_size <= most
    argv = ["nm", "--format=just-symbols", image.with_name(f"{image.name}.debug")]
    symbols = subprocess.run(argv, check=True, capture_output=True, text=True).stdout.split()
    assert OPTIONAL.intersection(symbols) == has
    assert SERVER in symbols
