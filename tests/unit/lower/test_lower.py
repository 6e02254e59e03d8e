"""What is rewritten does on this Python what it did before, on the lines where it stood."""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from types import ModuleType

import pytest

from mirage_py.lower import HELPER, lower
from mirage_py.lower.printer import source_line

LIBRARY = Path(__file__).parents[3] / "library"

MODERN = """\
def sizes(a, /, b, *, c=1):
    return [*a, b, *(c,)], {**{"x": a}, "y": b}, (*a, c)

class Point:
    __hidden = 5

    def hidden(self):
        return self.__hidden

def told(value):
    match value:
        case [first, *rest] if rest:
            return ("list", first, rest)
        case {"key": found, **others}:
            return ("map", found, others)
        case "a" | "b":
            return "letter"
        case int(number):
            return f"{number:>{4}}{value!r}"
        case None:
            return "none"
        case _:
            return f"{'other'}"

RESULT = (
    sizes([1, 2], 3, c=4), Point().hidden(), told([1, 2, 3]), told({"key": 1, "more": 2}),
    told("b"), told(7), told(None), told(2.5),
)
"""


@pytest.fixture
def helper(monkeypatch: pytest.MonkeyPatch) -> None:
    """The functions of the guest's helper, on this Python."""
    text = (LIBRARY / HELPER / "calls.py").read_text(encoding="utf-8")
    module = ModuleType(HELPER)
    monkeypatch.setitem(sys.modules, "_more", ModuleType("_more"))
    monkeypatch.setitem(sys.modules, HELPER, module)
    exec(compile(text, HELPER, "exec"), module.__dict__)  # noqa: S102 - ours
    module.__dict__["_object_format"] = object.__format__


def run(text: str) -> object:
    names: dict[str, object] = {"__name__": "it"}
    exec(compile(text, "it", "exec"), names)  # noqa: S102 - the text above
    return names["RESULT"]


def test_the_same_is_computed(helper: None) -> None:
    rewritten = lower(MODERN)
    assert rewritten is not None
    for lacking in ("match value", "/,", "**{"):
        assert lacking not in rewritten
    assert run(rewritten) == run(MODERN)


def test_what_is_read_as_it_is_stays() -> None:
    assert lower('import os\n\ndef f(a, *b):\n    return f"{a}" % b\n') is None


def test_statements_keep_their_lines() -> None:
    text = (
        '"""Doc."""\n'
        "def f(a, /):\n    x = (\n        a,\n    )\n\n    return {\n      **x}\nlast = f\n"
    )
    lines = (lower(text) or "").splitlines()
    assert lines[0].startswith(f"import {HELPER}")
    for number, words in ((1, "import"), (2, "def"), (3, "x ="), (7, "return"), (9, "last")):
        assert words in lines[number - 1], lines


COMPOUNDS = """\
import at
def f(a, b):
    if at(3): at(3); at(3)
    elif at(4): at(4)
    else: at(5)
    try: at(6)
    except at(7): at(7)
    except at(8) as e: raise at(8)
    else: at(9)
    finally: at(10)
    for x in at(11): at(11); continue
    else: return at(12)
    while at(13):
        with at(14), at(14): at(14); break
    match at(15):
        case {"x": x, **rest}: return at(16)
        case [_, b] if at(17): at(17); at(17)
        case _: at(18)
    text = f'{a}\\n{a}'; at(19)
@at(20)
class A:


    def __class_getitem__(cls, x): return at(24)
    x: int = at(25); y = at(25)
    @at(26)
    @at.x[27]
    def f(self): return at(28)
    async def g(self): at(29); await at(29)

    async def h(self): yield at(31)
class B: x = at(32)
if at(33):
    for a in at(34): at(34)
    if at(35): at(35)
"""


def test_compounds_on_one_line_keep_it() -> None:
    """What is called on a line says which it was. What is made, as `@classmethod` is,
    stands on lines that are empty."""
    found = [
        (call.args[0].value, call.lineno)
        for call in ast.walk(ast.parse(lower(COMPOUNDS) or ""))
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "at"
        if isinstance(call.args[0], ast.Constant)
    ]
    assert len(found) == COMPOUNDS.count("at(")
    assert [one for one in found if one[0] != one[1]] == []


def test_a_parameter_by_position_only_is_none_by_name() -> None:
    names: dict[str, object] = {}
    text = lower("def f(a, /, **named):\n    return (a, named)\nRESULT = f(1, a=2)\n") or ""
    exec(text.replace(f"import {HELPER}", ""), names)  # noqa: S102 - the text above
    assert names["RESULT"] == (1, {"a": 2})


HANDLED = "try:\n    f()\nexcept E as e:\n    "


@pytest.mark.parametrize(
    ("raised", "asked"),
    [
        ("raise F() from e", True),
        ("raise F() from None", False),
        ("raise F()", True),
        ("if e.args:\n        raise F()", True),
        ("raise", False),
        ("raise e", False),
        ("raise SystemExit(1)", False),
        ("def g():\n        raise F()", False),
    ],
)
def test_what_led_to_an_exception_is_kept(raised: str, asked: bool) -> None:
    """By images that have the helper; a statement says the same as it did."""
    text = lower(HANDLED + raised, contexts=True)
    assert (text is not None) is asked
    told = ast.unparse(ast.parse(f"import {HELPER}\n{HANDLED}{raised}"))
    assert text is None or ast.unparse(ast.parse(text)) == told


def test_what_is_raised_in_a_handler_asks_for_contexts_in_projects_only() -> None:
    assert lower(HANDLED + "raise F()") is None


def test_packages_are_told_their_python() -> None:
    text = "import sys\nif sys.version_info >= (3, 8):\n    new = 1\nelse:\n    import old\n"
    rewritten = lower(text, package=True) or ""
    assert "import _sys as sys" in rewritten
    assert "old" not in rewritten
    assert lower(text) is None


def test_a_text_that_is_run_stands_there() -> None:
    rewritten = lower('exec("""def f():\\n    return 1\\n""")\n') or ""
    assert "def f():" in rewritten
    assert "exec" not in rewritten


def test_names_of_the_module_s_own_are_not_the_built_in_ones(helper: None) -> None:
    text = "def format(a, b, c):\n    return (a, b, c)\nRESULT = format(1, 2, f'{3:>2}')\n"
    rewritten = lower(text, package=True) or text
    assert run(rewritten) == run(text) == (1, 2, " 3")


def test_what_is_decorated_keeps_its_documentation(helper: None) -> None:
    text = (
        "def same(function):\n    return function\n\n\n@same\ndef f():\n    '''Told.'''\n\n\n"
        "def g():\n    '''Not kept.'''\n\n\nRESULT = f.__doc__, g.__doc__\n"
    )
    assert run(lower(text, documented=True) or "") == ("Told.", None)
    assert lower(text) is None


def test_the_path_of_a_package_is_the_interpreter_s() -> None:
    assert "__path__" not in (lower("__path__ = []\n", package=True) or "__path__")
    assert lower("__path__ = []\n") is None


def test_numbers_before_a_point_stand_in_parentheses(helper: None) -> None:
    text = "RESULT = (3.5).hex(), (2j).imag, (1e400).is_integer, *[(5).real]\n"
    rewritten = lower(text) or ""
    for one in ("(3.5).hex()", "(2j).imag", "(1e309).is_"):
        assert one in rewritten


def test_asynchronous_generators_tell_what_they_yield() -> None:
    text = (
        "async def numbers():\n    async def wait():\n        await other\n    yield 1\n"
        "    got = yield\n    return (lambda: (yield))\n\n\ndef plain():\n    yield 2\n"
    )
    rewritten = lower(text) or ""
    assert rewritten.count("@_modern.asynchronous") == 1
    assert rewritten.count("yield _modern.Yielded(") == 2
    assert lower("async def f():\n    return lambda: (yield)\n") is None


@pytest.mark.usefixtures("helper")
def test_a_class_reads_its_documentation() -> None:
    assert run('class A:\n    "told"\n    kept = __doc__\nRESULT = A.kept') == "told"
    text = lower('class A:\n    "told"\n    kept = __doc__\nRESULT = A.kept')
    assert text is not None
    assert run(text) == "told"


def test_items_of_with_in_parentheses() -> None:
    head = "def f(a, b):\n    "
    for items in ("(a as c, b as d)", "(a as c)", "(\n        a,\n        b,\n    )"):
        rewritten = lower(f"{head}with {items}:\n        pass\n") or ""
        assert "with a" in rewritten, items
    for items in ("(a)", "a as c, b as d", "(a or b)"):
        assert lower(f"{head}with {items}:\n        pass\n") is None, items


def test_locals_are_those_of_the_function(helper: None) -> None:
    text = (
        "def f(a, /, *b, c=1):\n    global g\n    if a:\n        d, g = [e for e in b], 1\n"
        "    def inner(): h = 1\n    class Own:\n        seen = sorted(locals())\n"
        "    import os.path\n    return list(locals()), Own.seen\nRESULT = f(1, 2), f(0)\n"
    )
    assert run(lower(text) or "") == run(text)


def test_what_takes_more_than_text_is_no_encoding() -> None:
    assert lower("def f(png, a):\n    return png.encode(a, 640, 480)\n") is None
    assert "_modern.encode(text, " in (
        lower("def f(text):\n    return text.encode('latin-1')\n") or ""
    )


@pytest.mark.usefixtures("helper")
def test_what_is_never_run_makes_a_generator() -> None:
    text = lower("def f():\n    if False:\n        yield\nRESULT = list(f())")
    assert text is not None
    assert "False" not in text
    assert run(text) == []


def test_names_are_as_python_normalises_them() -> None:
    assert "fi = 3" in (lower("ﬁ = 3\nprint(fi)\n") or "")
    assert lower("größe = 3\n") is None


def test_calls_with_many_arguments(helper: None) -> None:
    """An instruction counts no more than 255."""
    text = f"def count(*a, b): return len(a) + b\nRESULT = count({'1, ' * 300}b=1)\n"
    lowered = lower(text)
    assert lowered is not None
    assert "*[" in lowered
    assert run(lowered) == run(text) == 301
    assert lower(text.replace("1, " * 300, "1, ")) is None


@pytest.mark.parametrize(
    "given",
    [
        f"{'1, ' * 40}*[2, 3], *(4,), 5, a=1, **{{'b': 2}}", f"{'1, ' * 300}*[2], a=1",
        f"*[0], {', '.join(f'k{one}={one}' for one in range(300))}, **{{'b': 2}}",
    ],
)  # fmt: skip
def test_calls_with_many_names_or_stars(given: str, helper: None) -> None:
    """Which arguments have a star is told in 30 bits, and how many have names in one byte."""
    text = f"def all(*a, **b): return a, b\nRESULT = all({given})\n"
    lowered = lower(text)
    assert lowered is not None
    assert run(lowered) == run(text)
    assert lower("f(*a, **b, c=1)\n") is None


def test_lines_of_the_source() -> None:
    """What is rewritten may take more lines, and says from which they come."""
    source = "for one in [*range(3)]: pass\nelse: first = 1\nsecond = 2\n\n\nthird = 3\n"
    text = lower(source) or ""
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        for name in ("for one", "first =", "second =", "third ="):
            if name in line:
                found[name] = number, source_line(text, number)
    assert found == {"for one": (2, 1), "first =": (3, 2), "second =": (4, 3), "third =": (6, 6)}
    assert source_line(source, 3) == 3


@pytest.mark.usefixtures("helper")
def test_a_module_knows_its_package() -> None:
    text = lower("RESULT = __package__\n") or ""
    assert [run(f"__name__ = {name!r}\n{text}") for name in ("one.two", "one")] == ["one", ""]
    assert run(f"__name__ = 'one.two'\n__path__ = []\n{text}") == "one.two"
    assert lower("__package__ = 'own'\nRESULT = __package__\n") is None


def test_a_module_without_documentation_has_none() -> None:
    assert "__doc__ = None" in (lower("print(__doc__)\n") or "")


def test_what_is_awaited_is_iterated_over() -> None:
    own = "class A:\n    def __await__(self):\n        yield\n"
    assert "\n __iter__ = __await__\n" in (lower(own) or "")
    assert lower(f"{own}    def __iter__(self):\n        yield\n") is None


@pytest.mark.parametrize(
    "asked",
    [
        "class A:\n    __slots__ = ()", "class A:\n    def __set_name__(self, owner, name): pass",
        "class A(dict):\n    def __missing__(self, key): pass", "kind = list[int]",
        "kind = int | None", "class A:\n    def __getattribute__(self, name): pass",
    ],
)  # fmt: skip
def test_what_the_interpreter_does_not_ask_for_brings_the_helper(asked: str) -> None:
    assert (lower(asked) or "").startswith(f"import {HELPER}")
    assert (
        lower("class A:\n    def method(self): pass\n\n\nint = list = {}\nx = int | list\n") is None
    )
