"""What small modules do, in an image that asks for no more of them, printed: CPython and an image
must print the same."""

import html
import json
import logging
import statistics
import sys
from collections import OrderedDict, defaultdict, namedtuple
from enum import Enum, IntEnum


class Colour(str, Enum):  # noqa: UP042 -- as many still are written
    RED = "red"


class Level(IntEnum):
    LOW = 1


class Text(str):
    __slots__ = ()


class Table(dict):
    pass


Point = namedtuple("Point", "x y")


class Memory:
    def __init__(self):
        self.text = ""

    def write(self, text):
        self.text += text

    def read(self):
        return self.text


def itself():
    found = []
    found.append(found)
    return found


def documents():
    for value in (
        Colour.RED, Level.LOW, Text('q"é😀\n'), Table(a=1), Point(1, [2.5]), OrderedDict(a=1),
        defaultdict(list, a=[1]), {Colour.RED: 1, Level.LOW: 2, 1.5: 3, None: 4, True: 5},
        [float("nan"), float("-inf"), 1e100, 1 << 70], object, {(1,): 2}, b"x", {1}, itself(),
    ):  # fmt: skip
        try:
            print(json.dumps(value))
        except (TypeError, ValueError) as error:
            print(type(error).__name__, error)
    print(json.dumps({"é": []}, separators=(",", ":"), ensure_ascii=False))
    for text in (
        ' [1, -2.5e3, {"a": "\\u00e9\\ud83d\\ude00"}] ',
        b"[null, NaN]",
        Text("[]"),
        5,
        "[1, }",
    ):
        try:
            print(json.loads(text))
        except TypeError as error:
            print(error)
        except ValueError:
            print("no JSON")
    file = Memory()
    json.dump([1, "a"], file)
    print(json.load(file))


def start():
    documents()
    logging.basicConfig(stream=sys.stdout, level=logging.INFO, format="%(name)s: %(message)s")
    logging.getLogger("a.b").info("%d of %s", 1, "x")
    print(html.escape("<a>"), statistics.fmean([1, 2]), statistics.median([3, 1, 2]))


if __name__ == "__main__":
    start()
