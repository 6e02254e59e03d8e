"""Devices: each made once, in an order in which they can be connected."""

from __future__ import annotations

import json

from mirage_py.graph import to_json
from tests.support.golden import Golden

DEVICES = """
from mirage_py import *

class Store: pass
store = typ(Store)
kv = impl("kv", block >> store, connect=lambda disk: f"await kv.connect({disk}, {{'at': 1}})",
          imports=["kv"])
"""
APP = "def start({}):\n    pass\n"


def connects(graph) -> list[str]:
    return [device.connect for device in graph.devices]


def test_two_uses_of_one_value_are_one_device(planned) -> None:
    graph = planned(
        config=DEVICES
        + """
disk = block_of_file("a")
app = main("unikernel.start", store >> store >> block >> job)
register("a", [app(kv(disk), kv(disk), disk)])
""",
        unikernel=APP.format("a, b, c"),
    )
    assert [device.name for device in graph.devices] == ["block", "kv", "unikernel.start"]
    assert connects(graph) == [
        "mirage.block.connect('a')",
        "await kv.connect(block__1, {'at': 1})",
        "unikernel.start(kv__1, kv__1, block__1)",
    ]
    assert graph.devices[2].dependencies == ("kv__1", "kv__1", "block__1")
    assert [one.name for one in graph.manifest] == ["a"]


def test_two_calls_are_two_devices(planned) -> None:
    graph = planned(
        config=DEVICES
        + """
app = main("unikernel.start", block >> block >> job)
register("a", [app(block_of_file("a"), block_of_file("b"))])
""",
        unikernel=APP.format("a, b"),
    )
    assert [(one.name, one.kind) for one in graph.manifest] == [("a", "block"), ("b", "block")]
    assert [str(one.position) for one in graph.manifest] == ["config.py:10", "config.py:10"]


def test_one_job_twice_is_one_job(planned) -> None:
    graph = planned(
        config="""
from mirage_py import *
app = main("unikernel.start", job)
register("a", [app, noop, app])
""",
        unikernel=APP.format(""),
    )
    assert graph.jobs == ("unikernel_start__1", "noop__1")


def test_order_is_that_of_need(planned) -> None:
    """A chain that is written last first, with a dependency that is no parameter."""
    graph = planned(
        config=DEVICES
        + """
log = impl("log", job, connect="print")
late = impl("late", store >> job, extra_deps=[log])
disk = block_of_file("a")
register("a", [late(kv(disk)), log])
"""
    )
    place = {device.id: number for number, device in enumerate(graph.devices)}
    for device in graph.devices:
        assert all(place[one] < place[device.id] for one in device.dependencies)
    assert graph.devices[-1].dependencies == ("kv__1", "log__1")
    assert graph.jobs == ("late__1", "log__1")


def test_sharing_does_not_multiply_work(planned) -> None:
    """A ladder in which each device uses the one before it twice has 2**200 paths."""
    graph = planned(
        config="""
from mirage_py import *
class Step: pass
step = typ(Step)
value = impl("first", step)
for number in range(200):
    value = impl("step", step >> step >> step)(value, value)
register("a", [impl("last", step >> job)(value)])
"""
    )
    assert len(graph.devices) == 202


def test_async_entry_points_are_awaited(planned) -> None:
    for kind, connect in (("async def", "await unikernel.start()"), ("def", "unikernel.start()")):
        graph = planned(unikernel=f"{kind} start():\n    pass\n")
        assert connects(graph) == [connect]


def test_json(planned, golden: Golden) -> None:
    graph = planned(
        config=DEVICES
        + """
app = main("unikernel.start", store >> job, packages=[package("microdot", min="2.0", max="3")])
register("site", [app(kv(block_of_file("storage")))], stack=65536)
""",
        unikernel="import asyncio\nimport pages\nfrom mirage import log\n" + APP.format("store"),
        pages="",
    )
    golden("graph/site.json", json.dumps(to_json(graph), indent=2) + "\n")
