"""The guest's parser of boot arguments, on the host, with the sanitizers watching it."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from ipaddress import ip_address, ip_interface
from pathlib import Path

import pytest

from mirage_py.dsl import runtime_arg
from mirage_py.tender.quote import quote, quote_all
from mirage_py.workspace.arguments import arguments_source
from tests.support.freestanding import SANITIZED, WARNINGS, flags, run

HERE = Path(__file__).parent
ROOT = HERE.parents[2]
SOURCES = ["args.c", "args_report.c", "args_split.c", "args_value.c"]
LONGEST = 8191

ARGUMENTS = [
    runtime_arg("--port", "-p", type=int, default=8080),
    runtime_arg("--hello", default="Hello World!"),
    runtime_arg("--who", "-w", repeated=True, default=["you"]),
    runtime_arg("--verbose", "-v", type=bool, default=False),
    runtime_arg("--quick", "-q", type=bool),
    runtime_arg("--ratio", type=float),
    runtime_arg("--colour", choices=["red", "dark green"]),
    runtime_arg("--ip", type="ip"),
    runtime_arg("--four", type="ipv4"),
    runtime_arg("--six", type="ipv6"),
    runtime_arg("--net", type="prefix"),
    runtime_arg("--net-four", type="ipv4_prefix"),
    runtime_arg("--net-six", type="ipv6_prefix"),
    runtime_arg("--port-range", type=int),
    runtime_arg("--at", type="port"),
]


@dataclass(frozen=True)
class Parsed:
    """What became of a command line."""

    status: int
    console: str
    values: dict[str, list[str]]

    @property
    def error(self) -> str:
        """The first line, which says what is wrong."""
        assert self.status == 64, self
        first, *rest = self.console.splitlines()
        assert rest[0] == "Usage: prog [OPTION]…"
        assert rest[1].startswith("Try '--help'")
        return first.removeprefix("prog: ")


class Parser:
    """The harness, built for a table of arguments."""

    def __init__(self, folder: Path, arguments: Sequence[object]) -> None:
        self.program = folder / "harness"
        table = folder / "arguments.c"
        table.write_text(arguments_source("prog", arguments), encoding="utf-8")
        port = ROOT / "runtime_c" / "port"
        run("gcc", *WARNINGS, *SANITIZED, *flags([ROOT / "runtime_c", HERE]), HERE / "harness.c",
            table, *(port / source for source in SOURCES), "-o", self.program)  # fmt: skip

    def __call__(self, *lines: str | bytes) -> list[Parsed]:
        """Parse command lines, one after the other."""
        texts = [line if isinstance(line, bytes) else line.encode() for line in lines]
        given = "".join(f"{text.hex()}\n" for text in texts)
        done = subprocess.run(
            [self.program], input=given, capture_output=True, text=True, check=False, timeout=300
        )
        assert (done.returncode, done.stderr) == (0, ""), done.stderr
        results = done.stdout.splitlines()
        assert len(results) == len(lines)
        return [self._result(line) for line in results]

    def _result(self, line: str) -> Parsed:
        status, console, *rest = line.split(" ")
        pairs = (word.split("=") for word in rest)
        values = {
            name: [bytes.fromhex(text).decode() for text in texts.split("+")[1:]]
            for name, texts in pairs
        }
        return Parsed(int(status), bytes.fromhex(console).decode(errors="replace"), values)


@pytest.fixture(scope="module")
def parser(tmp_path_factory: pytest.TempPathFactory) -> Parser:
    return Parser(tmp_path_factory.mktemp("args"), ARGUMENTS)


@pytest.fixture(scope="module")
def parse(parser: Parser) -> Callable[[str], Parsed]:
    return lambda line: parser(line)[0]


def test_defaults(parse) -> None:
    values = parse("").values
    assert values["port"] == ["8080"]
    assert values["who"] == ["you"]
    assert values["verbose"] == ["false"]
    assert values["quick"] == values["ratio"] == values["logs"] == values["heap-size"] == []
    assert values["name"] == ["prog"]
    assert values["on-task-error"] == ["log"]
    assert parse("   ").values == values


@pytest.mark.parametrize(
    ("line", "name", "expected"),
    [
        ("--port=70", "port", ["70"]),
        ("--port 70", "port", ["70"]),
        ("-p 70", "port", ["70"]),
        ("-p70", "port", ["70"]),
        ("-p -7", "port", ["-7"]),
        ("  --port=70  ", "port", ["70"]),
        ("--hell=x", "hello", ["x"]),
        ("--hello=", "hello", [""]),
        ('--hello ""', "hello", [""]),
        ("--hello=a=b", "hello", ["a=b"]),
        ("--hello --port", "hello", ["--port"]),
        ('--hello="Hello, world!"', "hello", ["Hello, world!"]),
        (r"--hello=Hello,\ world!", "hello", ["Hello, world!"]),
        (r'"--hello=\"\\"', "hello", ['"\\']),
        ('--h"ell"o=bar"bie"boo', "hello", ["barbieboo"]),
        ("--hello=a\tb\nc", "hello", ["a\tb\nc"]),
        ("--hello=Grüß", "hello", ["Grüß"]),
        ("--who=a -wb -w c", "who", ["a", "b", "c"]),
        ("--verbose", "verbose", ["true"]),
        ("--verbose=false", "verbose", ["false"]),
        ("--verbose false", "verbose", ["false"]),
        ("-v true", "verbose", ["true"]),
        ("-vq", "verbose", ["true"]),
        ("-vq", "quick", ["true"]),
        ("-vq=false", "quick", ["false"]),
        ("-vp70", "port", ["70"]),
        ("--colour='red'", "colour", None),
        ('--colour "dark green"', "colour", ["dark green"]),
        ("--port=1 --port-range=2", "port", ["1"]),
        ("--port-=2", "port-range", ["2"]),
        ("--logs=debug,http:error,*:info,a:b:quiet", "logs", ["debug,http:error,*:info,a:b:quiet"]),
        ("-linfo", "logs", ["info"]),
        ("--heap-size=16M", "heap-size", ["16M"]),
        ("--ipv4=10.0.0.2/24 --ipv4-gateway 10.0.0.1", "ipv4", ["10.0.0.2/24"]),
        ("--ipv4=x --ipv4=y", "port", ["8080"]),
        ("--at=1", "at", ["1"]),
        ("--at=65535", "at", ["65535"]),
        ("--on-task-error=abort", "on-task-error", ["abort"]),
        ("--", "port", ["8080"]),
    ],
)  # fmt: skip
def test_right(parse, line: str, name: str, expected: list[str] | None) -> None:
    parsed = parse(line)
    assert (parsed.values.get(name) if parsed.status == 0 else None) == expected, parsed


@pytest.mark.parametrize(
    ("line", "error"),
    [
        ("--prot=1", "unknown option '--prot', did you mean '--port'?"),
        ("--prt", "unknown option '--prt', did you mean '--port'?"),
        ("--hlelo", "unknown option '--hlelo', did you mean '--hello'?"),
        ("--something", "unknown option '--something'"),
        ("--=1", "unknown option '--'"),
        ("-x", "unknown option '-x'"),
        ("--he=1", "option '--he' is ambiguous: it may be '--heap-size' or '--hello'"),
        ("--port", "option '--port' needs a value"),
        ("-p", "option '--port' needs a value"),
        ("--bogus", "unknown option '--bogus'"),
        ("--port=", "option '--port': invalid value '', expected an integer of at most 64 bits"),
        ("--port=9223372036854775808",
         ("option '--port': invalid value '9223372036854775808', "
          "expected an integer of at most 64 bits")),
        *((f"--at={at}", f"option '--at': invalid value '{at}', expected a port, 1 to 65535")
          for at in ("0", "-1", "65536", "70000", "4294967376", "http", "")),
        ("--heap-size=5G", ("option '--heap-size': invalid value '5G', "
                            "expected a number of bytes up to 4G (4096, 64k, 16M)")),
        ("--port=1 -p2", "option '--port' cannot be repeated"),
        ("--net-six=10.0.0.2/24",
         ("option '--net-six': invalid value '10.0.0.2/24', expected an IPv6 address and its "
          "prefix's length (fd00::2/64)")),
        ("--net-four=10.0.0.2",
         ("option '--net-four': invalid value '10.0.0.2', expected an IPv4 address and its "
          "prefix's length (10.0.0.2/24)")),
        ("--verbose=1", "option '--verbose': invalid value '1', expected either 'true' or 'false'"),
        ("-v -v", "option '--verbose' cannot be repeated"),
        ("--colour=blue",
         "option '--colour': invalid value 'blue', expected one of 'red', 'dark green'"),
        ("hello", "too many arguments, don't know what to do with 'hello'"),
        ("--hello=a b", "too many arguments, don't know what to do with 'b'"),
        ("-", "too many arguments, don't know what to do with '-'"),
        ("-- --port=1", "too many arguments, don't know what to do with '--port=1'"),
        ('--hello="a', "the command line ends inside a quote, or in a backslash"),
        ("--hello=a\\", "the command line ends inside a quote, or in a backslash"),
        ("--delay=-1", ("option '--delay': invalid value '-1', expected an integer of at "
                        "most 64 bits that is not negative")),
        ("--help=html", ("option '--help': invalid value 'html', expected one of 'auto', "
                         "'pager', 'groff' or 'plain'")),
        ("x" * 8192, "the command line is longer than 8191 bytes"),
        (b"--hello=\xff", "the command line is not UTF-8"),
        (b"--hello=\xc0\x80", "the command line is not UTF-8"),
        (b"--hello=\xed\xa0\x80", "the command line is not UTF-8"),
        (b"--hello=\xf4\x90\x80\x80", "the command line is not UTF-8"),
        (b"--hello=\xe2\x82", "the command line is not UTF-8"),
    ],
)  # fmt: skip
def test_wrong(parse, line: str | bytes, error: str) -> None:
    assert parse(line).error == error


def test_every_kind_says_what_it_expects(parse) -> None:
    for name in ("ratio", "ip", "four", "six", "net", "logs", "heap-size"):
        assert ", expected " in parse(f"--{name}=!").error


def test_required(tmp_path: Path) -> None:
    parser = Parser(tmp_path, [runtime_arg("--key", required=True)])
    missing, given, asked = parser("", "--key=1", "--help")
    assert missing.error == "required option '--key' is missing"
    assert given.values["key"] == ["1"]
    assert asked.status == 63


def test_help(parse) -> None:
    plain, *others, groff = (parse(f"--help{end}") for end in ("", "=plain", "=pager", "=groff"))
    assert plain.status == groff.status == 63
    assert all(other == plain for other in others)
    assert plain.console.startswith("NAME\n       prog\n")
    lines = groff.console.splitlines()
    assert lines[:3] == ['.TH "prog" 1', ".SH NAME", ".TP 4"]
    assert "\\&\\-\\-port\\-range=VAL" in lines


def test_length(parser: Parser) -> None:
    """The longest line there can be, of one word and of as many as it holds."""
    room = LONGEST - len("--hello=")
    most = "-wa " * (LONGEST // 4)
    one, many, too_long = parser("--hello=" + "x" * room, most, "--hello=" + "x" * (room + 1))
    assert one.values["hello"] == ["x" * room]
    assert many.values["who"] == ["a"] * (LONGEST // 4)
    assert too_long.status == 64


def read(convert: Callable[[str], object]) -> Callable[[str], bool]:
    """Whether `convert` takes a text."""

    def takes(text: str) -> bool:
        try:
            convert(text)
        except ValueError:
            return False
        return True

    return takes


def integer(text: str) -> int:
    number = int(text, 0 if text.lstrip("+-")[:2].lower() in {"0x", "0o", "0b"} else 10)
    if "_" in text or text != text.strip() or not -(2**63) <= number < 2**63:
        raise ValueError
    return number


def real(text: str) -> float:
    if "_" in text or "inf" in text.lower() or text != text.strip():
        raise ValueError
    return float(text)


def version(number: int) -> Callable[[str], bool]:
    return read(lambda text: [number].index(ip_address(text).version))


def prefix(text: str) -> int:
    """The version of an address with a prefix."""
    if not text.partition("/")[2].isdecimal() or not text.isascii() or "/0" in text[:-1]:
        raise ValueError
    return ip_interface(text).version


def prefix_of(number: int) -> Callable[[str], bool]:
    return read(lambda text: [number].index(prefix(text)))


KINDS = {
    "port": (read(integer), ["0", "-1", "+7", "0x1F", "0b101", "0o17", "9223372036854775807",
                             "-9223372036854775808", "9223372036854775808"]),
    "ratio": (read(real), ["1", "-1.5", ".5", "5.", "1e9", "1.5E-3", "+0.0e+1"]),
    "ip": (read(ip_address), ["10.0.0.1", "::", "fe80::1", "::ffff:1.2.3.4"]),
    "four": (version(4), ["10.0.0.1", "255.255.255.255", "1.2.3.0"]),
    "six": (version(6), ["::", "::1", "1::", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:1.2.3.4",
                         "1::7:8", "1:2:3:4:5:6:7::", "::2:3:4:5:6:7:8", "abcd:EF01::"]),
    "net": (read(prefix), ["10.0.0.2/24", "fd00::2/64", "0.0.0.0/0", "::/128", "1.2.3.4/32"]),
    "net-four": (prefix_of(4), ["10.0.0.2/24", "0.0.0.0/0", "1.2.3.4/32"]),
    "net-six": (prefix_of(6), ["fd00::2/64", "::/128", "1:2:3:4:5:6:7:8/0"]),
}  # fmt: skip
"""Arguments, whether CPython takes a value, and values to make others of."""
OTHERS = [*"0123456789", *":./-+xefb", ""]


@pytest.mark.parametrize("name", KINDS)
def test_kinds_as_cpython(parser: Parser, name: str) -> None:
    """What is a value is so for CPython too, in thousands of values that almost are."""
    takes, seeds = KINDS[name]
    generator = random.Random(name)
    values = [*seeds]
    for _ in range(3000):
        letters = list(generator.choice(seeds))
        for _ in range(generator.randint(1, 3)):
            at = generator.randrange(len(letters) + 1)
            letters[at : at + generator.randint(0, 1)] = generator.choice(
                [*"0123456789", *":./-+xefb", ""]
            )
        values.append("".join(letters))
    results = parser(*(f"--{name}={value}" for value in values))
    for value, result in zip(values, results, strict=True):
        assert result.status == (0 if takes(value) else 64), value
    statuses = [result.status for result in results]
    assert statuses.count(0) > 100
    assert statuses.count(64) > 100


def test_quoting_round_trips(parser: Parser) -> None:
    """What `mirage-py run` quotes, the guest splits into the same words."""
    generator = random.Random(1)
    letters = " \t\n\"\\'aä=-,…\x7f"
    lists = [
        ["".join(generator.choices(letters, k=generator.randint(0, 6))) for _ in range(5)]
        for _ in range(500)
    ]
    lines = (" ".join(quote_all([f"--who={word}" for word in words])) for words in lists)
    for words, result in zip(lists, parser(*lines), strict=True):
        assert result.values["who"] == words
    assert parser(f"--who {quote('')}")[0].values["who"] == [""]


def test_no_line_breaks_it(parser: Parser) -> None:
    """Whatever the bytes: it ends with a status of its own, inside the memory it is given."""
    generator = random.Random(2)
    parts = b'-- - = " \\ port hello who verbose v w p help ipv4 70 \xff \xe2\x82\xac , :'.split(
        b" "
    )
    parts += [b" ", b"a" * 300]
    lines = [
        b"".join(generator.choices(parts, k=generator.randint(0, 40))).replace(b"\n", b"")
        for _ in range(20_000)
    ]
    results = parser(*lines)
    found = {result.status for result in results}
    assert found == {0, 63, 64}
