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


BELOW = """\
from logging import Formatter
class Lines(Formatter):
    def __init__(self):
        super().__init__(style="{")
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
        ("import json\njson.dumps(1, separators=(',', ':'))", False),
        ("import json\njson.dumps(1, indent=2)", True),
        ("import json\njson.dumps(1, **options)", True),
        ("from json import dump as write\nwrite(1, file, sort_keys=True)", True),
        ("import json\njson.loads('1', parse_float=str)", True),
        ("import json, functools\nfunctools.partial(json.dumps, indent=2)", True),
        ("import json\nother.dumps(1, indent=2)", False),
        ("import logging\nlogging.basicConfig(level=10, format='', handlers=[])", False),
        ("import logging\nlogging.basicConfig(datefmt='%H')", True),
        ("import logging\nlogging.Formatter('%(message)s')", False),
        ("import logging\nlogging.Formatter('%(message)s', '%H')", True),
        ("import logging\nlogging.info('', exc_info=True)", False),
        ("import logging\nlogging.getLogger().info('', stack_info=True)", True),
        ("def f(web):\n  web.info('', stack_info=True)", False),
        (BELOW, True),
        ("import statistics\nstatistics.fmean([1])", False),
        ("import statistics\nstatistics.fmean([1], weights=[1])", True),
        ("import random\nrandom.randint(1, 2)", False),
        ("import random\nrandom.randint(a=1, b=2)", True),
    ],
)
def test_cpythons_source_is_needed_for_what_is_asked(planned, text: str, is_needed: bool) -> None:
    assert ("cpython" in planned(text).vendored) is is_needed
