"""Entry points: read, never run. What is certainly wrong is told, and nothing else."""

from __future__ import annotations

import pytest

from mirage_py import catalog
from mirage_py.dsl import load
from mirage_py.graph import plan
from mirage_py.support.errors import MirageError

CONFIG = """\
from mirage_py import *
port = runtime_arg("--port", type=int, default=80)
app = main("unikernel.start", block >> job, args=[port])
disk = block_of_file("storage")
register("a", [app(disk)])
"""
TAKES = "def start(disk, port): pass\n"
RIGHT = {
    "imported": ("from helper import start", TAKES),
    "imported by another name": ("from helper import go as start", "def go(disk, port): pass"),
    "all imported": ("from helper import *", TAKES),
    "all imported of what imports all": ("from helper import *", "from inner import *"),
    "all imported, and some circle": ("from helper import *", f"from unikernel import *\n{TAKES}"),
    "all imported, of a module unread": ("from mirage_py_x import *", ""),
    "of a module": ("import helper\nstart = helper.start", TAKES),
    "of a module by another name": ("import helper as h\nstart = h.start", TAKES),
    "of a module in a package": ("import inner\nstart = inner.below.start", ""),
    "by another name": ("def go(disk, port): pass\nstart = go", ""),
    "a lambda": ("start = lambda disk, port: None", ""),
    "what a call returns": ("def make(): return print\nstart = make()", ""),
    "one of two": (f"if 1 > 2:\n    def start(): pass\nelse:\n    {TAKES}", ""),
    "one of two values": (f"{TAKES}start = start if 1 > 2 else None", ""),
    "in a try": (
        "try:\n    from helper import start\nexcept ImportError:\n    start = None",
        TAKES,
    ),
    "after a try": (f"try:\n    import helper\nfinally:\n    {TAKES}", ""),
    "in a match": (f"match 1:\n    case 1:\n        {TAKES}", ""),
    "in a with": (f"import io\nwith io.StringIO() as f:\n    {TAKES}", ""),
    "the last of two": (f"def start(): pass\n{TAKES}", ""),
    "global": ("def make():\n    global start\n    start = print\nmake()", ""),
    "in a loop": ("for start in [print]: pass", ""),
    "one of a tuple": ("start, stop = print, print", ""),
    "given by the module": ("from helper import start", "def __getattr__(name): pass"),
    "a default more": ("def start(disk, port, more=1): pass", ""),
    "a keyword with a default": ("def start(disk, port, *, more=1): pass", ""),
    "any number": ("def start(*all, **named): pass", ""),
    "some, and any number": ("def start(disk, *all): pass", ""),
    "positional only": ("def start(disk, port, /): pass", ""),
    "decorated": ("def as_it_is(f): return f\n@as_it_is\ndef start(): yield", ""),
    "an inner generator": (
        "def start(disk, port):\n    def inner():\n        yield\n    inner()",
        "",
    ),
    "a generator expression": ("def start(disk, port):\n    return sum(x for x in [1])", ""),
}
WRONG = {
    "no such name": ("from helper import start", "", "`helper.py` has no function `start`", 1),
    "a near name": ("import helper\n\nstart = helper.strat", "", "`helper.py` has no", 3),
    "too few": ("from helper import start", "def start(): pass", "takes no argument", "helper"),
    "too few behind all": ("from helper import *", "\ndef start(): pass", "takes no", "helper"),
    "too few, of a module": ("import helper as h\nstart = h.go", "def go(a): pass", "takes 1", 1),
    "too many": ("def start(disk, port, more): pass", "", "takes 3 arguments", 1),
    "too many, and any": ("def start(disk, port, x, *all): pass", "", "takes at least 3", 1),
    "a default too many": ("def start(d, p, x, y=1): pass", "", "takes 3 to 4 arguments", 1),
    "by keyword": ("def start(disk, *, port): pass", "", "takes `port` by keyword only", 1),
    "a lambda": ("start = lambda: None", "", "takes no argument", 1),
    "both wrong": ("if 1:\n    def start(): pass\nelse:\n    def start(a): pass", "", "takes 1", 4),
    "a name that is hidden": ("from helper import *", "def _start(): pass", "has no function", 3),
    "only of a function": ("def other():\n    start = 1", "", "has no function `start`", 3),
    "a module": ("import helper as start", "", "is a module", 3),
    "a class": ("from helper import start", "class start: pass", "is a class", "helper"),
    "a literal": ("start = [print]", "", "is a variable", 1),
    "a generator": ("def start(a, b):\n    if a:\n        yield 1", "", "is a generator", 1),
    "from another": ("def start(disk, port): yield from disk", "", "is a generator", 1),
    "an async one": ("async def start(disk, port):\n    yield 1", "", "is a generator", 1),
}  # fmt: skip


@pytest.mark.parametrize(("unikernel", "helper"), RIGHT.values(), ids=RIGHT)
def test_right(planned, unikernel: str, helper: str) -> None:
    more = {"inner/__init__": "from . import below", "inner/below": TAKES}
    if helper == "from inner import *":
        more = {"inner": TAKES}
    planned(config=CONFIG, unikernel=unikernel, helper=helper, mirage_py_x=TAKES, **more)


@pytest.mark.parametrize(("unikernel", "helper", "message", "place"), WRONG.values(), ids=WRONG)
def test_wrong(planned, unikernel: str, helper: str, message: str, place: int | str) -> None:
    with pytest.raises(MirageError) as caught:
        planned(config=CONFIG, unikernel=unikernel, helper=helper)
    assert message in caught.value.message
    assert caught.value.position
    assert place in {caught.value.position.line, caught.value.position.file.removesuffix(".py")}


ANNOTATED = {
    "the class": "disk: Block, port: int",
    "one above it": "disk: Device, port: float",
    "as text": 'disk: "Device", port: "int | None"',
    "of a module": "disk: mirage.block.Block, port: int",
    "one of several": "disk: RamDisk | Block, port: Optional[int]",
    "one of a union": "disk: Union[str, Block], port: int",
    "an alias": "disk: Disk, port: int",
    "anything": "disk: object, port: Any",
    "a protocol": "disk: Readable, port: int",
    "what is not known": "disk: Elsewhere, port: Nowhere",
    "by any number": "*all: Any",
    "no class": "disk: 3, port: 'an int'",
}
MISMATCHED = {
    "a class beside it": ("disk: RamDisk, port: int", "disk: RamDisk", "block"),
    "one of the user's": ("disk: Own, port: int", "disk: Own", "block"),
    "one of Python's": ("disk: bytes, port: int", "disk: bytes", "block"),
    "a store": ("disk: Reader, port: int", "disk: Reader", "block"),
    "several": ("disk: Reader | None, port: int", "disk: Reader | None", "block"),
    "an argument": ("disk, port: str", "port: str", "--port"),
    "an argument that is a device": ("disk, port: Block", "port: Block", "--port"),
    "any number": ("*all: int", "all: int", "block"),
}
IMPORTS = """\
from typing import Any, Optional, Protocol, TYPE_CHECKING, Union
import mirage.block
from mirage.block import Block, Device
from mirage.ramdisk import RamDisk
if TYPE_CHECKING:
    from elsewhere import Elsewhere
    from mirage.kv import Reader
class Readable(Protocol): pass
class Own: pass
Disk = Block
def start(PARAMETERS): pass
"""


@pytest.fixture
def annotated(project):
    """Plans a project whose `start` has these parameters, with our own bindings."""

    def make(parameters: str) -> None:
        text = IMPORTS.replace("PARAMETERS", parameters)
        root = project({"config.py": CONFIG, "unikernel.py": text})
        plan(load(root / "config.py"), catalog.targets(catalog.share())["spt"])

    return make


@pytest.mark.parametrize("parameters", ANNOTATED.values(), ids=ANNOTATED)
def test_right_annotations(annotated, parameters: str) -> None:
    annotated(parameters)


@pytest.mark.parametrize(("parameters", "written", "what"), MISMATCHED.values(), ids=MISMATCHED)
def test_wrong_annotations(annotated, parameters: str, written: str, what: str) -> None:
    with pytest.raises(MirageError) as caught:
        annotated(parameters)
    line, given = (4, "mirage.block.Block") if what == "block" else (2, "int")
    assert caught.value.message == (
        f"`unikernel.start` takes `{written}`, and config.py:{line} gives it `{what}` "
        f"of class `{given}`"
    )
    assert str(caught.value.position) == "unikernel.py:11"


def test_a_device_of_the_users(planned) -> None:
    """What it is, is read from its own guest code; that of a choice is of what is chosen. It may do
    what one of ours does."""
    config = """\
    from mirage_py import *
    own = typ("own")
    made = impl("own", own, connect="await things.connect()", imports=["things"])
    one = if_impl(is_unix, impl("other", own, connect="None"), made)
    register("a", [main("unikernel.start", own >> job)(one)])
    """
    things = "async def connect() -> Own: ...\nclass Own(Base): ...\nclass Base: ...\n"
    start = "from things import *\ndef start(own: {}): pass\n"
    planned(config=config, things=things, unikernel=start.format("Base"))
    planned(
        config=config,
        things=things,
        unikernel="from mirage.log import Source\n" + start.format("Source"),
    )
    things += "class Other: ...\n"
    with pytest.raises(MirageError, match=r"config.py:3 gives it `own` of class `things.Own`"):
        planned(config=config, things=things, unikernel=start.format("Other"))


@pytest.mark.parametrize(
    ("unikernel", "connect"),
    [
        ("def start():\n    return", "unikernel.start()"),
        ("def start():\n    return 0", "unikernel.start()"),
        ("async def start():\n    return 0", "await unikernel.start()"),
        ("from helper import start", "await unikernel.start()"),
        ("def start():\n    return run()\nasync def run(): pass", "CHECKED"),
        ("start = lambda: run()\nasync def run(): pass", "CHECKED"),
        ("def same(f): return f\n@same\nasync def start(): pass", "CHECKED"),
        ("if 1:\n    def start(): pass\nelse:\n    async def start(): pass", "CHECKED"),
    ],
)
def test_what_is_awaited(planned, unikernel: str, connect: str) -> None:
    graph = planned(unikernel=unikernel, helper="async def start(): pass")
    checked = "await mirage.tasks.returned(unikernel.start())"
    assert graph.devices[-1].connect == connect.replace("CHECKED", checked)
