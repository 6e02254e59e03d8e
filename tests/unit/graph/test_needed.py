"""What a project needs of our own library, and of the sources that it is over."""

from __future__ import annotations

import pytest

from mirage_py import catalog
from mirage_py.dsl import load
from mirage_py.graph import Graph, plan
from mirage_py.support.errors import MirageError

CONFIG = """\
from mirage_py import *
register("a", [main("unikernel.start", job)])
"""


@pytest.fixture
def planned(project):
    """Plans a project of this unikernel.py."""

    def make(text: str) -> Graph:
        files = {"config.py": CONFIG, "unikernel.py": f"{text}\ndef start(): pass\n"}
        target = catalog.targets(catalog.share())["unix"]
        return plan(load(project(files) / "config.py"), target)

    return make


@pytest.mark.parametrize(
    "text",
    [
        "import os.path\nos.path.join('a', 'b')",
        "from os import path, environ",
        "import os as system\nsystem.sep",
    ],
)
def test_what_of_os_needs_no_files(planned, text: str) -> None:
    assert planned(text).vendored == planned("").vendored


@pytest.mark.parametrize(
    "text",
    [
        "import os\nos.path.join('a')\nos.listdir()",
        "from os import remove",
        "from os import *",
        "import os\nprint(os)",
    ],
)
def test_what_of_os_needs_files(planned, text: str) -> None:
    with pytest.raises(MirageError, match="the guest has `os` only with the feature `vfs`"):
        planned(text)


@pytest.mark.parametrize(
    ("text", "is_needed"),
    [
        ("import argparse", True),
        ("from json import JSONDecodeError", True),
        ("from json import loads", False),
        ("import time\njson = JSONDecodeError = 1", False),
        ("import html\nhtml.escape('')", False),
        ("from html import escape, unescape", False),
        ("import html.parser as read\nread.HTMLParser", True),
        ("from html import parser", True),
        ("import logging as log\nlog.info('')\nlogging = {}\nlogging.handlers", False),
        ("import logging\ndef speak():\n    logging.setLoggerClass(None)", True),
        ("import random\nrandom.random()", False),
        ("from random import shuffle", True),
    ],
)
def test_cpythons_source_is_needed_for_what_is_asked(planned, text: str, is_needed: bool) -> None:
    assert ("cpython" in planned(text).vendored) is is_needed
