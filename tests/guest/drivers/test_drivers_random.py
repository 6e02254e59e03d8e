"""The random driver: ChaCha20 by RFC 8439, every source in the seed, nothing left of the output."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from dataclasses import astuple, dataclass, replace
from pathlib import Path
from textwrap import dedent

import pytest

from mirage_py.cython import Mode
from tests.support.extension import Driver
from tests.support.freestanding import (
    BINDINGS,
    FAKE,
    INCLUDES,
    SANITIZED,
    WARNINGS,
    Host,
    flags,
    run,
    translate,
)

HERE = Path(__file__).parent
RANDOM = BINDINGS / "random" / "random.pyx"
SEED_BUDGET = 20_000
"""Instructions that a seed may take."""

# Key, counter, nonce and key stream of RFC 8439: section 2.3.2, then appendix A.1, vectors 1 to 5.
ZERO = "00"
VECTORS = [
    (
        bytes(range(32)).hex(), 1, "000000090000004a00000000",
        ("10f1e7e4d13b5915500fdd1fa32071c4c7d1f4c733c068030422aa9ac3d46c4e"
         "d2826446079faa0914c2d705d98b02a2b5129cd1de164eb9cbd083e8a2503c4e"),
    ),
    (
        ZERO * 32, 0, ZERO * 12,
        ("76b8e0ada0f13d90405d6ae55386bd28bdd219b8a08ded1aa836efcc8b770dc7"
         "da41597c5157488d7724e03fb8d84a376a43b8f41518a11cc387b669b2ee6586"),
    ),
    (
        ZERO * 32, 1, ZERO * 12,
        ("9f07e7be5551387a98ba977c732d080dcb0f29a048e3656912c6533e32ee7aed"
         "29b721769ce64e43d57133b074d839d531ed1f28510afb45ace10a1f4b794d6f"),
    ),
    (
        ZERO * 31 + "01", 1, ZERO * 12,
        ("3aeb5224ecf849929b9d828db1ced4dd832025e8018b8160b82284f3c949aa5a"
         "8eca00bbb4a73bdad192b5c42f73f2fd4e273644c8b36125a64addeb006c13a0"),
    ),
    (
        "00ff" + ZERO * 30, 2, ZERO * 12,
        ("72d54dfbf12ec44b362692df94137f328fea8da73990265ec1bbbea1ae9af0ca"
         "13b25aa26cb4a648cb9b9d1be65b2c0924a66c54d545ec1b7374f4872e99f096"),
    ),
    (
        ZERO * 32, 0, ZERO * 11 + "02",
        ("c2c64d378cd536374ae204b9ef933fcd1a8b2288b3dfa49672ab765b54ee27c7"
         "8a970e0e955c14f3a88e741b97c286f75f8fc299e8148362fa198a39531bed6d"),
    ),
]  # fmt: skip


@pytest.fixture(scope="module")
def block(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A program that prints a ChaCha20 block of the hex and the counter on its standard input."""
    pyx = """\
        from libc.stdint cimport uint32_t
        from chacha20 cimport chacha20_block
        cdef public void block(const uint32_t *key, uint32_t counter, const uint32_t *nonce,
                               uint32_t *stream) noexcept nogil:
            chacha20_block(key, counter, nonce, stream)
    """
    main = """\
        #include <stdio.h>
        #include "chacha.h"
        int main(void)
        {
            uint32_t key[8], nonce[3], stream[16];
            unsigned counter;
            for (unsigned i = 0; i < 32; i++) scanf("%2hhx", (unsigned char *)key + i);
            for (unsigned i = 0; i < 12; i++) scanf("%2hhx", (unsigned char *)nonce + i);
            scanf("%u", &counter);
            block(key, counter, nonce, stream);
            for (unsigned i = 0; i < 64; i++) printf("%02x", ((unsigned char *)stream)[i]);
        }
    """
    host = Host(tmp_path_factory.mktemp("chacha"))
    pxd = BINDINGS / "random" / "chacha20.pxd"
    return host.program("chacha", dedent(pyx), dedent(main), Mode.DRIVER, include=[pxd.parent])


@pytest.mark.parametrize(("key", "counter", "nonce", "stream"), VECTORS)
def test_chacha20_by_rfc_8439(block: Path, key: str, counter: int, nonce: str, stream: str) -> None:
    given = f"{key} {nonce} {counter}"
    ran = subprocess.run([block], input=given, capture_output=True, text=True, check=True)
    assert ran.stdout == stream


@dataclass(frozen=True)
class Entropy:
    """What the fake processor and the fake clocks answer: see fake/bindings/random/entropy.h."""

    cpu: int = 3
    rdrand: int = 0x1111
    rdseed: int = 0x2222
    cycles: int = 10**6
    step: int = 37
    odd: int = 0
    monotonic: int = 5
    wall: int = 10**18


@dataclass(frozen=True)
class Result:
    sources: str
    outputs: tuple[str, ...]


@pytest.fixture(scope="module")
def probe(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Result]:
    """Runs the driver, sanitized, with decided entropy, to fill buffers of these lengths."""
    folder = tmp_path_factory.mktemp("random")
    translate(RANDOM, Mode.DRIVER, folder)
    program = folder / "probe"
    run("gcc", *WARNINGS, *SANITIZED, *flags([FAKE, *INCLUDES, folder]),
        HERE / "random_probe.c", FAKE / "solo5.c", "-o", program)  # fmt: skip

    def call(entropy: Entropy, *lengths: int) -> Result:
        done = run(program, *map(str, [*astuple(entropy), *lengths]))
        sources, *outputs = done.stdout.splitlines()
        return Result(sources, tuple(outputs))

    return call


def test_sources_are_named(probe: Callable[..., Result]) -> None:
    names = ["jitter", "rdrand, jitter", "rdseed, jitter", "rdseed, rdrand, jitter"]
    assert [probe(Entropy(cpu=cpu)).sources for cpu in range(4)] == names


def test_every_source_counts(probe: Callable[..., Result]) -> None:
    """One bit more or less in any one source is another stream; nothing else decides it."""
    base = Entropy()
    others = [
        replace(base, rdrand=base.rdrand ^ 1),
        replace(base, rdseed=base.rdseed ^ 1),
        replace(base, cycles=base.cycles + 1),
        replace(base, step=base.step + 1),
        replace(base, odd=1),
        replace(base, odd=40),
        replace(base, monotonic=base.monotonic + 1),
        replace(base, wall=base.wall + 1),
        *(replace(base, cpu=cpu) for cpu in range(3)),
    ]
    streams = [probe(entropy, 64).outputs for entropy in (base, *others)]
    assert len(set(streams)) == len(streams)
    assert probe(base, 64).outputs == streams[0]


@pytest.mark.parametrize("odd", [1, 100, 500, 512])
def test_jitter_alone_counts(probe: Callable[..., Result], odd: int) -> None:
    """Without a generator each of the timings decides the stream."""
    alone = Entropy(cpu=0)
    assert probe(alone, 32) != probe(replace(alone, odd=odd), 32)


def test_generators_that_fail(probe: Callable[..., Result]) -> None:
    """A generator that never answers delays nothing and refuses nothing."""
    outputs = probe(Entropy(rdrand=0, rdseed=0), 32, 500).outputs
    assert [len(output) for output in outputs] == [64, 1000]


def test_lengths(probe: Callable[..., Result]) -> None:
    """Across every border of a batch the stream continues, stays inside the buffer and is gone
    from the state."""
    lengths = [0, 1, 31, 32, 33, 223, 224, 225, 0, 448, 1000, 7]
    parts = probe(Entropy(), *lengths).outputs
    assert [len(part) for part in parts] == [2 * length for length in lengths]
    assert "".join(parts) == probe(Entropy(), sum(lengths)).outputs[0]


def test_no_repetition(probe: Callable[..., Result]) -> None:
    stream = bytes.fromhex(probe(Entropy(), 224 * 40).outputs[0])
    words = [stream[i : i + 8] for i in range(0, len(stream), 8)]
    assert len(set(words)) == len(words)
    ones = sum(byte.bit_count() for byte in stream)
    assert abs(ones - 4 * len(stream)) < 6 * (2 * len(stream)) ** 0.5  # six sigma


def test_extension_module(driver: Callable[[str], Driver]) -> None:
    """With the real processor: buffers are filled whole, and never twice the same."""
    random = driver("random").python
    seen = set()
    for length in (16, 100, 1000):
        buffer = bytearray(length)
        random.fill(buffer)
        assert any(buffer[-8:])
        seen.add(bytes(buffer[:8]))
    random.fill(bytearray(0))
    assert len(seen) == 3
    assert random.sources().endswith("jitter")


def test_two_processes_differ(driver: Callable[[str], Driver]) -> None:
    library = driver("random").python.__file__
    script = (
        f"import ctypes; c = ctypes.PyDLL({library!r}); b = ctypes.create_string_buffer(32)\n"
        "c.mirage_random_fill(b, ctypes.c_size_t(32)); print(b.raw.hex())"
    )
    outputs = {run("python3", "-c", script).stdout for _ in range(3)}
    assert len(outputs) == 3


@pytest.mark.parametrize("generators", [True, False])
def test_cost_of_a_seed(tmp_path: Path, generators: bool) -> None:
    """What a boot pays, at the guest's level of optimisation."""
    translate(RANDOM, Mode.DRIVER, tmp_path)
    program = tmp_path / "count"
    folders = flags([*INCLUDES, tmp_path])
    alone = [] if generators else ["-DMIRAGE_ENTROPY_NONE"]
    run("gcc", *WARNINGS, "-Os", *alone, *folders, HERE / "count_instructions.c",
        FAKE / "solo5.c", "-o", program)  # fmt: skip
    counted = int(run(program).stdout)
    assert 1000 < counted < SEED_BUDGET
