"""Python that is nested more deeply than the trees of a program usually are."""

from __future__ import annotations

import pytest

from mirage_py.lower import lower
from mirage_py.support.parse import deep_walks, parse

CHAIN = "def f(x):\n    if x == 0: pass\n" + "    elif x == 1: pass\n" * 900


@pytest.mark.parametrize("text", [CHAIN, f"async def f():\n    [x async for x in y]{'+x' * 900}\n"])
def test_what_is_read_is_walked(text: str) -> None:
    deep_walks()
    parse(text)
    lower(text)


@pytest.mark.parametrize("count", [1500, 30_000])
@pytest.mark.parametrize("part", ["-", "+x", ".f()"])
def test_more_is_a_mistake_at_its_line(part: str, count: int) -> None:
    long = f"return {part * count}1" if part == "-" else f"return x{part * count}"
    with pytest.raises(SyntaxError, match="nested more than") as caught:
        parse(f"def f():\n    {long}\n")
    assert caught.value.lineno == 2
