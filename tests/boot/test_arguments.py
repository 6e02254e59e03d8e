"""Boot arguments on every target: what is given arrives, and what is wrong is said."""

from __future__ import annotations

import time

import pytest

from mirage_py import catalog
from tests.support.unikernel import Built, Unikernels

TARGETS = sorted(catalog.targets(catalog.share()))
PROGRAM = {
    "config.py": """\
from mirage_py import *

port = runtime_arg("--port", "-p", type=int, default=8080, doc="Port of the service.", docv="PORT")
who = runtime_arg("--who", repeated=True, doc="Whom to greet.")
register("greeter", [main("unikernel.start", job, args=[port, who])])
""",
    "unikernel.py": """\
from mirage import args

ratio = args.add("--ratio", type=float, default=1.5, doc="How much.")
net = args.add("--net", group="left", type="prefix")
early = ratio()


def start(port, who):
    if port == 0:
        raise ValueError("no port")
    print(args.name(), port, ratio(), early, net(), args.get("--delay"))
    for one in who:
        print("[" + one + "]")
""",
}
WORDS = [
    "plain", "two words", "", " ",
    "   three   ", 'a "quoted" one', "it's", "back\\slash", "\\", '"',
    "comma,comma", "Grüße, Welt!", "$HOME `x` ;&|<>*", "--port=1", "tab\there", "a=b",
]  # fmt: skip


@pytest.fixture(params=TARGETS)
def image(request: pytest.FixtureRequest, unikernels: Unikernels) -> Built:
    return unikernels.build(PROGRAM, request.param, beside=TARGETS)


@pytest.fixture
def spt(unikernels: Unikernels) -> Built:
    return unikernels.build(PROGRAM, "spt")


def test_words_arrive_as_they_are(image: Built) -> None:
    """On every target, by `mirage-py run`: spaces, quotes, backslashes and what is not ASCII."""
    ran = image.run(mem=2, args=["-p", "70", *(f"--who={word}" for word in WORDS), "--rat=2"])
    assert ran.status == 0, ran
    assert ran.lines == ["greeter 70 2.0 2.0 None 0", *(f"[{word}]" for word in WORDS)]


def test_a_mistake(image: Built) -> None:
    ran = image.run(mem=2, args=["--prot=1"])
    assert ran.status == 64, ran
    assert ran.lines[:2] == [
        "greeter: unknown option '--prot', did you mean '--port'?",
        "Usage: greeter [OPTION]…",
    ]


def test_help(image: Built, golden) -> None:
    ran = image.run(mem=2, args=["--help"])
    assert ran.status == 63
    golden("boot/help.txt", ran.console)


def test_none_at_all(spt: Built) -> None:
    assert spt.run(mem=2).lines == ["greeter 8080 1.5 1.5 None 0"]


def test_values_of_every_kind(spt: Built) -> None:
    args = ["--port=-0x10", "--ratio=-1e300", "--left-net=fd00::2/64", "--name=other one"]
    assert spt.run(mem=2, args=args).lines == ["other one -16 -1e+300 -1e+300 fd00::2/64 0"]


def test_what_urunc_gives(spt: Built) -> None:
    """An image without a network takes no notice of addresses."""
    ran = spt.run(mem=2, args=["--ipv4=10.0.0.2/24", "--ipv4-gateway=10.0.0.1"])
    assert (ran.status, len(ran.lines)) == (0, 1)


def test_delay(spt: Built) -> None:
    before = time.monotonic()
    ran = spt.run(mem=2, args=["--delay=2"])
    assert time.monotonic() - before >= 2
    assert ran.lines == ["greeter 8080 1.5 1.5 None 2"]


def test_backtrace(spt: Built) -> None:
    whole, short = (
        spt.run(mem=2, args=["--port=0", *more]) for more in ([], ["--backtrace=false"])
    )
    assert whole.status == short.status == 1
    assert whole.lines[0] == "Traceback (most recent call last):"
    assert '  File "unikernel.py", line 10, in start' in whole.lines
    assert short.lines == ["ValueError: no port"] == whole.lines[-1:]


def test_memory(unikernels: Unikernels) -> None:
    """The heap is no larger than asked for; garbage is collected as often as asked for."""
    image = unikernels.build(
        {
            "config.py": 'from mirage_py import *\nregister("t", [main("unikernel.start", job)])\n',
            "unikernel.py": """\
import gc


def start():
    print(gc.threshold())
    kept = []
    while True:
        kept.append(bytearray(1000))
""",
        },
        "spt",
    )
    ran = image.run(mem=16, args=["--heap-size=1M", "--gc-threshold=64k"])
    assert ran.lines[0] == "65536"
    assert ran.lines[-1].startswith("mirage: heap: out of memory: 1048576 bytes of heap")
    assert ran.lines[-1].endswith("; give more with --heap-size=BYTES")
    least = image.run(mem=16, args=["--heap-size=16k"])
    assert least.lines[0] == "-1"
    assert least.lines[-1].startswith("mirage: heap: out of memory: 16384 bytes of heap")
    for size, expected in (
        ("1", "at least 16k"),
        ("5G", "a number of bytes up to 4G"),
        ("16M", "14"),  # and some more, of which the stack and the image take part
    ):
        wrong = image.run(mem=16, args=[f"--heap-size={size}"])
        assert wrong.status == 64
        assert wrong.lines[0].startswith(
            f"t: option '--heap-size': invalid value '{size}', expected {expected}"
        )
    assert wrong.lines[0].endswith("k at most; give more with --mem=N")


def test_the_longest_line(spt: Built) -> None:
    """8191 bytes, and as many values as they hold, with the least memory."""
    ran = spt.run(mem=2, args=["--who=" + "x" * (8191 - len("--who="))])
    assert ran.status == 0
    assert len(ran.lines[1]) == 8191 - len("--who=") + 2
    assert len(spt.run(mem=2, args=["--who=a"] * 1000).lines) == 1001


def test_no_argv_heeds_nothing(unikernels: Unikernels) -> None:
    """Not even `--help`, or what would be a mistake."""
    config = PROGRAM["config.py"].replace("args=[port, who])]", "args=[port, who])], argv=no_argv")
    image = unikernels.build(PROGRAM | {"config.py": config}, "spt")
    ran = image.run(args=["--port=1", "--help", "--bogus"])
    assert (ran.status, ran.messages) == (0, "")
    assert ran.console == "greeter 8080 1.5 1.5 None 0\n"
