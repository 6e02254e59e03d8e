"""A mistake is told, and what only follows from it is not: each of these has exactly one."""

from __future__ import annotations

import pytest

from mirage_py import catalog
from mirage_py.dsl import load
from mirage_py.graph import plan
from mirage_py.support.errors import MirageError, Mistakes

APP = 'app = main("unikernel.start", block >> job)\n'
REGISTER = 'register("a", [app(block_of_file("storage"))])\n'
CASES = {
    "a key that must be given, and all that looks at it": (
        """
owner = key("--owner", required=True)
first = owner.map(lambda name: name[0])
log = impl("log", job, connect=first.map(repr), packages=first.map(lambda _: [package("x")]))
disk = match_impl(owner, [("me", block_of_file("my-disk"))], default=block_of_file("disk"))
register("a", [main("unikernel.start", block >> job)(disk), log])
""",
        "import of_a_package\ndef start(disk): pass\n",
        "must be given",
    ),
    "a function that fails, and what is chosen by it": (
        """
half = key("--n", type=int, default=0).map(lambda n: 1 // n)
disk = match_impl(half, [(1, block_of_file("my-disk"))], default=block_of_file("their-disk"))
register("a", [main("unikernel.start", block >> job)(disk)])
""",
        "import elsewhere\ndef start(disk): pass\n",
        "ZeroDivisionError",
    ),
    "a key with a wrong default": (
        """
size = key("--size", type=int, default="x")
register("a", [impl("a", job, connect=size.map(lambda n: str(n + 1)))])
""",
        "",
        "`'x'` is not a value",
    ),
    "two keys of one name": (
        """
def made(kind, default, use):
    value = key("--n", type=kind, default=default).map(use)
    return impl("a", job, connect=value.map(repr))
register("a", [made(int, 1, lambda n: n + 1), made(str, "1", lambda n: n[0])])
""",
        "",
        "a second key is called",
    ),
    "what is no device": (
        f"{APP}register('a', [app(3)])\n", "def start(disk): pass\n", "must be a `block`",
    ),
    "a device that still takes something": (
        f"{APP}register('a', [app(impl('x', block >> block))])\n",
        "def start(disk): pass\n",
        "must be a `block`",
    ),
    "what is no entry point": (
        f"{APP.replace('unikernel.', '')}{REGISTER}", "def start(): pass\n", "does not name",
    ),
    "what is no argument": (
        f"{APP.replace('job)', 'job, args=[1])')}{REGISTER}",
        "def start(disk, port): pass\n",
        "is a list of runtime arguments",
    ),
    "what is no type": (
        "register('a', [main('unikernel.start', 3)])\n", "def start(): pass\n", "is a type",
    ),
    "a folder that is not there": (
        f"{APP.replace('job)', 'job, local_libs=[chr(120)])')}{REGISTER}",
        "import in_that_folder\ndef start(disk): pass\n",
        "takes modules from the folder `x`",
    ),
    "bounds that leave no version": (
        """
one = impl("one", job, packages=[package("x", min="2", max="1")])
two = impl("two", job, packages=[package("x", min="3")])
register("a", [one, two])
""",
        "",
        "no version of package",
    ),
    "code that is none": (
        'register("a", [impl("a", block >> job, connect="f({0})")(block_of_file("d"))])\n',
        "",
        "names none",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_one_mistake(case: str, project, house) -> None:
    config, unikernel, message = CASES[case]
    root = project({"config.py": f"from mirage_py import *\n{config}", "unikernel.py": unikernel})
    mistakes: list[MirageError] = []
    with pytest.raises(MirageError, match=message) as caught:
        plan(load(root / "config.py", mistakes), catalog.targets(house)["spt"], mistakes=mistakes)
    assert not isinstance(caught.value, Mistakes), caught.value.render()
