"""Bad input gets one error, with its place and the way out. The transcripts are in tests/golden."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from mirage_py.cli.app import main
from mirage_py.tender import choose
from tests.support.golden import FOLDER, Golden
from tests.support.images import image

START = "async def start():\n    pass\n"
TWO_BLOCKS = """\
from mirage_py import *

disk = block_of_file("storage")
app = main("unikernel.start", block >> job)
register("hello", [app(disk)])
"""

KEYS = """\
from mirage_py import *

count = key("--count", type=int, default=1)
loud = key("--loud", flag=True)
storage = key("--storage", default="ram", choices=["ram", "disk"])
port = runtime_arg("--port", type=int, default=80)
app = main("unikernel.start", job, args=[port])
extra = impl("extra", job, keys=[count, loud, storage])
register("hello", [app, extra])
"""


def manifest(devices: str) -> str:
    """A manifest.json."""
    return '{\n  "type": "solo5.manifest",\n  "version": 1,\n  "devices": [\n' + devices + "\n]}\n"


MANIFESTS = {
    "empty": "",
    "cut": '{\n  "type": "solo5.manifest",\n  "devices": [\n',
    "list": "\n[1, 2]\n",
    "other": '{"type": "solo5.abi",\n "version": 1, "devices": []}\n',
    "version": '{"type": "solo5.manifest",\n "version": 2,\n "devices": []}\n',
    "number": '{"type": "solo5.manifest", "version": 1.0, "devices": []}\n',
    "truth": '{"type": "solo5.manifest", "version": true, "devices": []}\n',
    "nothing-else": '{"type": "solo5.manifest"}\n',
    "key": manifest('{"name": "a", "typ": "NET_BASIC"}'),
    "twice": manifest('{"name": "a", "name": "b", "type": "NET_BASIC"}'),
    "no-type": manifest('{"name": "a"}'),
    "unknown-type": manifest('{\n"name": "a",\n"type": "GPU"}'),
    "unknown-name": manifest('{"name": "my-disk", "type": "BLOCK_BASIC"}'),
    "no-object": manifest('"service"'),
    "two": manifest('{"name": "a", "type": "NET_BASIC"},\n{"name": "a", "type": "BLOCK_BASIC"}'),
    "many": manifest(
        ",\n".join(f'{{"name": "d{number}", "type": "NET_BASIC"}}' for number in range(64))
    ),
}


@dataclass(frozen=True)
class Case:
    """A project with something wrong in it, and the commands that say so."""

    name: str
    files: Mapping[str, str | None] = field(default_factory=dict)
    """What differs from a project that is right; None is a file that is not there."""
    commands: tuple[str, ...] = ("describe -t spt",)


def config(*lines: str) -> dict[str, str]:
    """A config.py of these lines."""
    return {"config.py": "\n".join(["from mirage_py import *", *lines, ""])}


def unikernel(text: str) -> dict[str, str]:
    return {"unikernel.py": text}


CASES = [
    Case("no-config", {"config.py": None}, ("build -t spt", "build", "describe -f other.py")),
    Case("no-folder", commands=("-C nowhere build -t spt",)),
    Case("syntax-error", config("app = main(")),
    Case("syntax-error-in-helper", config("import helper") | {"helper.py": "x = = 1\n"}),
    Case("not-utf8", {"config.py": "# coding: no-such-encoding\n"}),
    Case("exception", config("", "1 / 0")),
    Case(
        "exception-in-helper",
        config("from helper import f", "f()")
        | {"helper.py": "def f():\n    raise OSError(5, 'x')\n"},
    ),
    Case("exit", config("import sys", "sys.exit(3)")),
    Case("missing-argument", config('main("unikernel.start")')),
    Case("unknown-device", config('disk = block_of_fil("storage")')),
    Case("unknown-import", {"config.py": "from mirage_py import rejister\n"}),
    Case("unknown-attribute", {"config.py": "import mirage_py\nmirage_py.jop\n"}),
    Case(
        "no-directory",
        config(
            'app = main("unikernel.start", kv_ro >> kv_ro >> job)',
            'extra = impl("extra", job, embed=["/nowhere"])',
            'register("a", [app(crunch("htdocs"), crunch("unikernel.py")), extra])',
        )
        | unikernel("def start(a, b):\n    pass\n"),
    ),
    Case(
        "unknown-words",
        config(
            'a = match_impl(target_name, [("sptt", noop)], default=noop)',
            'b = if_impl(target_name.equals("gameboy"), noop, noop)',
            'c = if_impl(provides("blok") | provides("gpu"), noop, noop)',
            'd = impl("d", job, features=["compilr"], requires=["blck"])',
            'register("hello", [a, b, c, d])',
        ),
    ),
    Case(
        "imported-twice",
        unikernel("import requests\nimport helper\ndef start(): import requests\n")
        | {"helper.py": "import requests\n"},
    ),
    Case("no-register", config('app = main("unikernel.start", job)')),
    Case("two-registers", config('register("a", [])', 'register("b", [])')),
    Case("bad-name", config('register("my app", [])')),
    Case("not-a-list", config('register("a", noop)')),
    Case("bad-stack", config('register("a", [], stack=100)'), ("build -t spt",)),
    Case(
        "bad-stack-option",
        commands=("build -t spt --stack 100", "build -t spt --stack 99999999999999999984"),
    ),
    Case("bad-stack-type", config('register("a", [], stack="64k")'), ("build -t spt",)),
    Case("bad-feature", config('register("a", [], features=["compilr"])')),
    Case("guard", {"config.py": "# mirage-py >= 99, < 100\nsyntax error\n"}),
    Case("guard-invalid", {"config.py": "# mirage-py > about 3\n"}),
    Case(
        "types",
        config(
            "class Net: pass",
            "net = typ(Net)",
            'disk = block_of_file("storage")',
            'app = main("unikernel.start", block >> net >> job)',
            "app(disk, disk)",
            "app(disk, disk, disk)",
            "app()",
            "app(3)",
            "noop(disk)",
            'register("hello", [app(disk), 3, disk])',
        ),
    ),
    Case(
        "not-applied",
        config(
            "class Store: pass",
            "store = typ(Store)",
            "class Store: pass",
            "other = typ(Store)",
            'app = main("unikernel.start", kv_ro >> store >> job)',
            'app(fat_ro, impl("mine", other))',
            'app(kv_ro, impl("f", block >> store))',
            "def started(): pass",
            'serve = main("unikernel.serve", block >> block)',
            'register("hello", [app, serve, serve(block_of_file("a")), started, noop, "noop"])',
        ),
    ),
    Case(
        "not-applied-dependency",
        config(
            'half = impl("half", block >> block)',
            'register("hello", [impl("log", job, extra_deps=[half])])',
        ),
    ),
    Case(
        "branches",
        config(
            'disk = block_of_file("a")',
            'store = if_impl(is_unix, disk, fat_ro(disk))',
            'match_impl(target_name, [("spt", crunch)], default=kv_rw_mem())',
            'if_impl(is_unix, main("unikernel.start", block >> job), noop)',
            'register("hello", [])',
        ),
    ),
    Case("wrong-call-keyword", config('block_of_file(nme="a")')),
    Case("wrong-call-none", config("fat_ro()")),
    Case("wrong-call-many", config('ramdisk("a", 2, 3)')),
    Case("wrong-call-own", config("def disk(name, size=1): pass", "disk(sise=2)")),
    Case("wrong-call-register", config('register("hello")')),
    Case(
        "wrong-arguments",
        config(
            'where = key("--where", default="htdocs")',
            "site = crunch(where)",
            "disk = block_of_file(3)",
            'other = fat_ro(kv_rw_mem())',
            'stack = generic_stackv4v6(netif, group=["a"])',
            'first, lease = generic_stackv4v6_with_lease(default_network, dhcp_requests=["ntp"])',
            "happy = generic_happy_eyeballs(stack)",
            'client = generic_dns_client(stack, happy, nameservers="10.0.0.1")',
            'app = main("unikernel.start", kv_ro >> block >> kv_ro >> job)',
            'register("hello", [app(site, disk, other)])',
        )
        | unikernel("def start(site, disk, other): pass\n"),
    ),
    Case("compared", config('where = key("--where", default="ram")', 'if where == "ram": pass')),
    Case("tested", config('if key("--fast", flag=True): pass')),
    Case(
        "put-into-a-text",
        config('size = key("--size", type=int, default=1)', 'impl("a", job, connect=f"f({size})")'),
    ),
    Case(
        "level",
        config(
            'level = key("--level", default="info")',
            'register("hello", [main("unikernel.start", job)], reporter=default_reporter(level))',
        ),
        ("describe -t spt --level=much",),
    ),
    Case(
        "dhcp-code",
        config("link = ethif(default_network)", "ipv4_of_dhcp(link, arp(link), requests=[300])"),
    ),
    Case(
        "gateway",
        config(
            "link = ethif(default_network)",
            'create_ipv4(link, arp(link), address="10.0.0.2/24", gateway="10.0.1.1")',
        ),
    ),
    Case("level-unknown", config('default_reporter("inof")')),
    Case(
        "name-servers",
        config(
            "stack = generic_stackv4v6(default_network)",
            'generic_dns_client(stack, generic_happy_eyeballs(stack), nameservers=["10.0.0"])',
        ),
    ),
    Case(
        "functor-parameter",
        config(
            "server = block >> job",
            "server >> job",
            "(block >> job) >> job",
            "job >> 3",
            "class Disk: pass",
            'app = main("unikernel.start", Disk >> block >> job)',
            "3 >> job",
            "block >> Disk",
        ),
    ),
    Case(
        "impl",
        config(
            'impl("a", "job")',
            'impl("a", block >> job, connect="f({0})")',
            'impl("b", block >> job, connect=lambda disk, log: f"f({disk})", extra_deps=[])',
            'impl("c", job, connect="f(")',
            'impl("d", job, connect=3)',
            'impl("e", job, connect=lambda: None)',
            'code("f({}, {})", 1)',
            'code("f({})", object)',
            'code("f({})", [noop])',
            'main("start", job)',
            'main("unikernel.start", 3)',
            'package("microdot", min=">=2")',
            'main("unikernel.start", job, args=[1])',
        ),
    ),
    Case(
        "keys",
        {"config.py": KEYS} | unikernel("def start(port): pass\n"),
        (
            "configure -t spt --stroage=disk",
            "configure -t spt --storage=tape --count=many --loud=loud",
            "configure -t spt --storage",
            "configure -t spt --port=8080",
            "build -t spt --lockd",
            "describe -t spt --storage=ram --storage=disk",
            "run plain.spt --loud",
            "run -t spt --block=disk.img",
            "run -t spt -- --storage=disk",
            "run -t spt -- --port --storag --stroage=disk",
            "configure -t spt --logs=debug --name 'my app' -l debug -linfo -vq",
            "build -t spt --prot=80 --heap-size 3M --backtarce --ipv4=10.0.0.3/24",
            "describe -t spt -z --gdb --net:service=tap0 --tender=x",
        ),
    ),
    Case(
        "key-declarations",
        config(
            'key("--Big")',
            'key("--a", type=list)',
            'key("--a", required=True, default="x")',
            'key("--a", choices=["x"], default="y")',
            'if_impl(True, noop, noop)',
            'if_impl(is_unix, noop, block_of_file("a"))',
            'match_impl(is_unix, [(True, 3)], default=noop)',
            'impl("x", job, import_=["y"])',
            'impl("x", job, extra_deps=[3], runtime_args=[4])',
            'if is_unix: pass',
        ),
    ),
    Case(
        "choices",
        config(
            'storage = key("--storage", default="ram", choices=["ram", "disk"])',
            'size = key("--size", type=int, default=1)',
            'other = block_of_file("other")',
            'match_impl(storage, [("ram", noop), ("tape", noop), ("ram", noop)], default=noop)',
            'match_impl(size, [(1, noop), ("2", noop)], default=noop)',
            'if_impl(storage, noop, noop)',
            'if_impl(key("--host", repeated=True), noop, noop)',
            'register("hello", [if_impl(size.map(lambda n: n * 2), noop, noop)])',
        ),
    ),
    Case(
        "key-names",
        config(
            'key("--target")',
            'quiet = if_impl(key("--json", flag=True), noop, noop)',
            'spare = key("--spare", default="x")',
            'key("-m")',
            'key("--mem", group="guest")',
            'register("hello", [quiet])',
        ),
        ("configure -t spt", "describe -t spt --spare=3", "run --mem=64"),
    ),
    Case(
        "keywords",
        config(
            'runtime_arg("--port", defualt=80)',
            'key("--size", typ=int)',
            'app = main("unikernel.start", job, package=[package("a", minimum="2")])',
            'impl("two", job, args=[], deps=[])',
            'main("unikernel.start", job, runtime_args=[])',
            'register("hello", [app], nope=1)',
        ),
    ),
    Case(
        "every-stage",
        config(
            'owner = key("--owner", required=True, doc="Whose it is.")',
            'port = runtime_arg("--port", type=int, default="eighty")',
            'app = main("unikernel.start", block >> job, packages=[package("a", min=">=2")],',
            '           args=[port])',
            'log = impl("log", job, connect=owner.map(lambda name: name[0]))',
            'disk = block_of_file("my-disk")',
            'register("hello", [app(disk), log, disk])',
        )
        | unikernel(
            'import config\nfrom mirage import args\nword = args.add("--word", default=str(1))\n'
            "def start(disk):\n    pass\n"
        ),
        ("build -t bare --lockd --stack 100", "configure -t nothing --owner=me"),
    ),
    Case(
        "shapes",
        config(
            'impl(3, job, imports="mirage.log", files=3, attach="net", configure=3)',
            'main("unikernel.start", job, packages="microdot", args=runtime_arg("--a"))',
            'main("unikernel.start", job, packages=["microdot"], deps=[3])',
            'match_impl(key("--b"), {"x": noop}, default=noop)',
            'package("a", extras="b", pin=3)',
            'key("--c", choices=3)',
            'two = impl("two", job, files={"../a.py": ""},',
            '           packages=key("--d").map(lambda _: [3]))',
            'three = impl("three", job, install={"a": 3}, files={"b.py": 3, "c.py": b""})',
            'register("hello", [two], random=no_sleep, argv=3, features="vfs", src=3)',
        ),
    ),
    Case(
        "usage",
        commands=(
            "run --mem=abc", "run --mem=99999999999999999999", "build --stack=much", "build -t",
            "describe --color=pink", "query nope", "build extra", "clean --al", "clean --frob",
            "disk format", "run --dry-run=3",
        ),
    ),
    Case(
        "runtime-arguments",
        config(
            'runtime_arg("port")',
            'runtime_arg("--Port")',
            'runtime_arg("--port", "-long")',
            'runtime_arg("--port", type=list)',
            'runtime_arg("--port", required=True, default="x")',
        ),
    ),
    Case(
        "duplicates",
        config(
            'a = runtime_arg("--port", type=int, default=1)',
            'b = runtime_arg("--port", type=int, default=2)',
            'app = main("unikernel.start", job, args=[a, b])',
            "def pick(default):",
            '    return if_impl(key("--x", default=default).equals("a"), noop, noop)',
            'spare, other = key("--y", default="a"), key("--y", default="b")',
            'register("hello", [app, pick("a"), pick("b")])',
        )
        | unikernel("def start(a, b): pass\n"),
        ("describe -t spt",),
    ),
    Case(
        "duplicate-arguments",
        config(
            'a = runtime_arg("--port", type=int, default=1)',
            'b = runtime_arg("--port", type=int, default=2)',
            'register("hello", [main("unikernel.start", job, args=[a, b])])',
        )
        | unikernel("def start(a): pass\n"),
    ),
    Case(
        "packages",
        config(
            'package("a b")',
            'package("microdot", min="2", max="1")',
            'package("microdot", libs=["x"], sublibs=["y"])',
            'package("microdot", pin_version="2")',
            'package("microdot", scope="switch")',
        ),
    ),
    Case(
        "package-scope",
        config(
            'packages = [package("microdot", scope="switch")]',
            'register("hello", [main("unikernel.start", job, packages=packages)])',
        )
        | unikernel("import microdot\ndef start(): pass\n"),
    ),
    Case(
        "package-conflict",
        config(
            'one = impl("one", job, packages=[package("microdot", min="2.0")])',
            'two = impl("two", job, packages=[package("microdot", max="1.9")])',
            'register("hello", [one, two])',
        ),
    ),
    Case(
        "pin-conflict",
        config(
            'one = impl("one", job, packages=[package("microdot", pin="==1.0")])',
            'two = impl("two", job, packages=[package("microdot", min="1", max="1.9")])',
            'three = impl("three", job, packages=[package("microdot", min="2.0")])',
            'four = impl("four", job, packages=[package("a", pin="./a", pin_version="3")])',
            'five = impl("five", job, packages=[package("a", max="3")])',
            'register("hello", [one, two, three, four, five])',
        ),
    ),
    Case(
        "connect-names",
        config(
            "class Counter: pass",
            "counter = typ(Counter)",
            'a = impl("a", counter, connect="foo")',
            'b = impl("b", counter, connect="countin.connect()", imports=["counting"])',
            'c = impl("c", counter, connect=key("--c", default="later()"))',
            'd = impl("d", counter, connect="counting.conect()", imports=["counting"])',
            'e = impl("e", block >> counter, connect=lambda disk: "len(disk)")',
            'f = impl("f", counter, connect="[x for x in range(3) if (lambda y: y)(x)]")',
            'g = impl("g", counter, connect="counting.later()", imports=["counting"])',
            'h = impl("h", counter, connect="await counting.later()", imports=["counting"])',
            "two = counter >> counter >> job",
            "ty = counter >> counter >> counter >> counter >> counter >> counter >> two",
            'app = main("unikernel.start", ty)(a, b, c, d, e(block_of_file("a")), f, g, h)',
            'register("hello", [app])',
        )
        | unikernel("def start(a, b, c, d, e, f, g, h): pass\n")
        | {"counting.py": "def connect(): pass\nasync def later(): pass\n"},
    ),
    Case(
        "xen",
        config(
            'app = main("unikernel.start", qubesdb >> block >> ipv4 >> job)',
            "link = ethif(impl('net', network))",
            "ip = ipv4_qubes(default_qubesdb, link, arp(link))",
            'register("hello", [app(default_qubesdb, block_of_xenstore_id("51712"), ip)])',
        )
        | unikernel("def start(db, disk, ip): pass\n"),
    ),
    Case(
        "tls",
        config(
            'app = main("unikernel.start", syslog >> conduit >> job)',
            'stack, certificates = impl("stack", stackv4v6), impl("certificates", kv_ro)',
            "logs = syslog_tls(stack, certificates)",
            'register("hello", [app(logs, conduit_direct(stack, tls=True))])',
        )
        | unikernel("def start(logs, conduit): pass\n"),
    ),
    Case(
        "left-out",
        config('register("hello", [main("unikernel.start", job)], reporter=no_reporter)'),
    ),
    Case(
        "left-out-of-the-guest",
        config('register("hello", [main("unikernel.start", job)], ptime=no_ptime)'),
    ),
    Case(
        "additions",
        config(
            'one = impl("one", job, files={"a.py": ""})',
            'two = impl("two", job, files={"a.py": ""}, local_libs=["lib"],',
            '           c_sources=["fast.c"])',
            'register("hello", [one, two])',
        ),
    ),
    Case(
        "unmet-interface-of-a-choice",
        config(
            'disk = if_impl(key("--disk", flag=True), block_of_file("a"), impl("ram", block))',
            'register("hello", [impl("log", job, extra_deps=[disk])])',
        ),
        ("describe -t bare --disk",),
    ),
    Case("no-such-module", config("import numbpy")),
    Case("gone-through", config('hosts = key("--host", repeated=True)', "for one in hosts: pass")),
    Case("method-of-a-value", config('where = key("--where")', "where.upper()")),
    Case("no-unikernel", {"unikernel.py": None}, ("describe -t spt", "build -t spt")),
    Case("no-start", unikernel("def strat():\n    pass\n\nx = 1\n")),
    Case("no-start-at-all", unikernel("x = 1\n")),
    Case("no-such-name", unikernel("from mirage.block import Blok\n\ndef start(disk): pass\n")),
    Case("start-is-a-class", unikernel("class start:\n    pass\n")),
    Case("start-takes-more", unikernel("def start(disk, other=1, *, last=2):\n    pass\n")),
    Case("start-takes-less", {"config.py": TWO_BLOCKS} | unikernel(START)),
    Case("start-keyword-only", unikernel("def start(*, disk):\n    pass\n")),
    Case(
        "start-elsewhere",
        {"config.py": TWO_BLOCKS, "app.py": "def begin(disk):\n    yield disk\n"}
        | unikernel("from app import begn as start\n"),
    ),
    Case(
        "start-annotated",
        {"config.py": KEYS} | unikernel("async def start(\n    port: str | None\n):\n    pass\n"),
    ),
    Case("start-is-a-generator", unikernel("async def start():\n    yield 1\n")),
    Case("unikernel-syntax-error", unikernel("async def start():\n    return return\n")),
    Case(
        "imports",
        unikernel(f"import json\nimport mirage_py\nfrom mirage import lgo\nimport app.x\n{START}")
        | {"json.py": "", "app/__init__.py": "from ..up import y\n"},
    ),
    Case("unknown-target", commands=("build -t sptt", "build -t gameboy", "build")),
    Case("unknown-verb", commands=("biuld -t spt", "frobnicate")),
    Case("unmet-interface", {"config.py": TWO_BLOCKS} | unikernel("def start(d): pass\n"),
         ("describe -t bare",)),
    Case(
        "device-names",
        config(
            'app = main("unikernel.start", block >> block >> block >> job)',
            'a = block_of_file("my-disk")',
            'long = app(block_of_file("d" * 68), a, a)',
            'b = block_of_file("storage")',
            'c = block_of_file("storage")',
            'register("hello", [app(a, b, c), long])',
        )
        | unikernel("def start(a, b, c): pass\n"),
    ),
    Case(
        "too-many-devices",
        config(
            'app = main("unikernel.start", block >> job)',
            'register("hello", [app(block_of_file(f"d{n}")) for n in range(64)])',
        )
        | unikernel("def start(a): pass\n"),
    ),
    Case(
        "several-mistakes",
        {"config.py": TWO_BLOCKS} | unikernel("from mirage import lgo\n\n\ndef start(): pass\n"),
        ("describe -t bare",),
    ),
    Case(
        "not-an-image",
        {"short.spt": "\x7fELF"},
        ("run config.py", "inspect config.py", "inspect short.spt", "inspect nothing",
         "run nothing"),
    ),
    Case(
        "devices",
        {"disk.img": "x" * 512, "empty.img": "", "odd.img": "x" * 1000, "tests/x": ""},
        (
            "run disk.spt",
            "run disk.spt --block:storge=disk.img",
            "run disk.spt --net:storage=tap0",
            "run disk.spt --block:storage=nothing.img --block:other=disk.img",
            "run disk.spt --block:storage=tests",
            "run disk.spt --block:storage=empty.img",
            "run disk.spt --block:storage=nowhere/disk.img",
            "run disk.spt --block:storage=odd.img",
            "run disk.spt --block:storage=disk.img --block-sector-size:storage=4096",
            "run plain.spt --block:storage=disk.img",
            "run disk.spt --block:storage=disk.img --block:storage=disk.img",
            "run disk.spt --block:storage=disk.img --block-sector-size:storage=7",
            "run disk.spt --block --block:x",
            "run net.spt --net:service=nosuchtap",
            "run net.spt --net:service=a-name-that-is-too-long",
            "run net.spt --net:service=@99 --net-mac:service=aa",
            "run plain.spt --mem=1",
        ),
    ),
    Case(
        "manifest",
        {f"{name}.json": text for name, text in MANIFESTS.items()},
        ("manifest nothing.json", *(f"manifest {name}.json" for name in MANIFESTS)),
    ),
    Case("toolchain", commands=("toolchain -t sptt", "toolchain -t spt")),
    Case("solo5-system", commands=("build -t spt --solo5 system",)),
    Case("run-wrong-target", commands=("run -t hvt plain.spt",)),
    Case("no-tender", commands=("run plain.spt", "run plain.spt --tender ./nothing")),
    Case("long-command-line", commands=(f"run plain.spt -- {'x' * 8192}",)),
    Case("no-compiler", commands=("build -t spt", "lock -t spt")),
    Case("new", {"taken/x": ""}, ("new taken", "new 'a b'")),
    Case("no-lock", commands=("pull", "pull --dry-run", "build -t spt --locked")),
]  # fmt: skip


def files(root: Path) -> set[Path]:
    """The files of a project, but those that `configure` leaves."""
    found = {path.relative_to(root) for path in root.rglob("*") if path.is_file()}
    return {path for path in found if path.parts[0] != "_build"}


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
@pytest.mark.usefixtures("house")
def test_bad_input(
    case: Case,
    tmp_path: Path,
    golden: Golden,
    project,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    root = project({name: text for name, text in case.files.items() if text is not None})
    for name, text in case.files.items():
        if text is None:
            (root / name).unlink()
    image(root / "plain.spt")
    image(root / "disk.spt", storage="block")
    image(root / "net.spt", service="net")
    monkeypatch.chdir(root)
    monkeypatch.setenv("MIRAGE_PY_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("MIRAGE_PY_CC", "no-such-compiler")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    monkeypatch.delenv("MIRAGE_PY_TENDER_SPT", raising=False)
    monkeypatch.setattr(choose, "LIBEXEC", tmp_path / "libexec")
    # Hints are commands as this user would type them.
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    monkeypatch.setenv("LOGNAME", "me")
    before = files(root)
    transcript = ""
    for command in case.commands:
        status = main(shlex.split(command))
        out, err = capfd.readouterr()
        assert out == ""
        assert status != 0
        transcript += f"$ mirage-py {command[:200]}\n{err}[exit {status}]\n\n"
    assert "Traceback" not in transcript
    assert files(root) == before
    shown = transcript.replace(str(root), "PROJECT").replace(str(tmp_path), "TMP")
    golden(f"bad-input/{case.name}.txt", shown)


OF_RUN = {"devices", "long-command-line", "manifest", "no-tender"}
"""Cases about what is no part of a configuration."""
OF_PYTHON = "error: invalid Python: "
"""What Python says about a line that is shown."""


@pytest.mark.parametrize("name", sorted({case.name for case in CASES} - OF_RUN))
def test_all_that_is_wrong_has_a_hint(name: str) -> None:
    """What is wrong, where it stands, and what to do about it."""
    *blocks, last = (FOLDER / "bad-input" / f"{name}.txt").read_text().split("\n\n")
    for block, following in zip(blocks, [*blocks[1:], last], strict=True):
        error = block.rpartition("error: ")[2]
        if "error: " in block and OF_PYTHON not in block:
            assert following.startswith("hint: "), error


def test_no_golden_file_is_left_over() -> None:
    names = {f"{case.name}.txt" for case in CASES}
    assert {path.name for path in (FOLDER / "bad-input").iterdir()} == names
