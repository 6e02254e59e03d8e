"""The start code: the module that an image runs first, to connect devices and run jobs.

What comes before it is done in C: boot arguments, memory, `--delay`. Then the devices that
`register` names come, one after the other (reporter, sleep, clocks, random), and then all others:
each once, after what it depends on, and those that wait concurrently.

What it defines has names of `START_NAMES`, which no module of the user's may have, or those of
devices (`block__1`): imports cannot take their place.
"""

from __future__ import annotations

import ast
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from mirage_py.graph.model import Device, Graph

NAME = "_start"

STUCK = "every task waits for another: nothing can wake them"
"""MicroPython's event loop returns, rather than sleeping for ever, when nothing can ever happen."""

REFUSED = """
def _refused(device, error, ours, type=type, print=print, isinstance=isinstance):
    reason = "%s: %s" % (type(error).__name__, error)
    print("mirage: %s cannot be connected: %s" % (device, reason))
    ours = ours and not isinstance(error, (
        ArithmeticError, AssertionError, AttributeError, ImportError, LookupError, MemoryError,
        NameError, TypeError,
    ))
"""
"""It stands before the imports, which may bind `type` and `print`. A traceback of our own modules
says nothing to who reads it, unless the mistake is there."""
FATAL = "    mirage.tasks.fatal(SystemExit(1) if ours else error)"
"""What `_refused` does besides where others may go on waiting."""
END = "    return ours"
NAMES = (ast.Expression, ast.Name, ast.Constant, ast.Tuple, ast.expr_context)
"""What an expression is made of that only names values: `None`, `block__1`, `(a__1, b__1)`."""
ASYNC = ("asyncio", "mirage.tasks")
"""What start code that waits imports."""


def start_source(graph: Graph) -> str:
    """Python that connects each device once, its line of config.py above it. An event loop is only
    there if something is awaited."""
    lines = ["# Written by mirage-py."]
    if any(can_fail(device, graph) for device in graph.devices):
        lines += REFUSED.splitlines()
        lines += [*([FATAL] if awaits(graph) else []), END, ""]
    imports = sorted({name for device in graph.devices for name in device.imports})
    lines += [f"import {name}" for name in (*(ASYNC if awaits(graph) else ()), *imports)]
    lines += boot(graph) if awaits(graph) else connect(graph.devices, graph)
    return "\n".join([*lines, ""])


def awaits(graph: Graph) -> bool:
    """Whether anything in the start code is awaited."""
    return any(is_awaited(device) for device in graph.devices)


def is_awaited(device: Device) -> bool:
    """Whether connecting it waits for something."""
    return any(isinstance(node, ast.Await) for node in ast.walk(expression(device)))


def expression(device: Device) -> ast.Expression:
    """What connects it."""
    return ast.parse(device.connect, mode="eval")


def boot(graph: Graph) -> Iterator[str]:
    """The start code of an image that waits."""
    waiting = those_that_wait(graph)
    ready = [device for device in graph.devices if device not in waiting]
    concurrent = not is_chain(waiting)
    yield ""
    yield "async def _boot():"
    yield from indented(connect(ready, graph))
    yield from indented(gather(waiting, graph) if concurrent else connect(waiting, graph))
    yield "    return True"
    yield ""
    yield "asyncio.get_event_loop().set_exception_handler(mirage.tasks.failed)"
    yield "if not asyncio.run(_boot()):"
    yield f"    raise RuntimeError({STUCK!r})"


def those_that_wait(graph: Graph) -> list[Device]:
    """The devices that wait for something, and all that depend on them; not those that are
    connected one after the other in any case."""
    waiting: dict[str, Device] = {}
    for device in graph.devices:
        waits = is_awaited(device) or any(one in waiting for one in device.dependencies)
        if waits and device.id not in graph.init:
            waiting[device.id] = device
    return list(waiting.values())


def is_chain(devices: list[Device]) -> bool:
    """Whether each depends on the one before it, so that nothing could be done meanwhile."""
    return all(before.id in after.dependencies for before, after in pairwise(devices))


def can_fail(device: Device, graph: Graph) -> bool:
    """Whether it is a device whose connecting does more than to name values. What a job raises is
    its own."""
    return device.id not in graph.jobs and any(
        not isinstance(node, NAMES) for node in ast.walk(expression(device))
    )


def connect(devices: Iterable[Device], graph: Graph) -> Iterator[str]:
    """One assignment per device."""
    for device in devices:
        yield comment(device)
        yield from guarded(device, f"{device.id} = {device.connect}", graph)


def gather(devices: list[Device], graph: Graph) -> Iterator[str]:
    """A task per device, which first waits for those it depends on. The first that fails, whichever
    it is, ends them all."""
    ids = {device.id for device in devices}
    for device in devices:
        yield comment(device)
        yield f"async def connect_{device.id}():"
        for one in dict.fromkeys(device.dependencies):
            if one in ids:
                yield f"    {one} = await task_{one}"
        yield from indented(guarded(device, f"return {device.connect}", graph))
        yield f"task_{device.id} = asyncio.create_task(connect_{device.id}())"
    yield f"await asyncio.gather({', '.join(f'task_{one}' for one in graph.jobs if one in ids)})"


def comment(device: Device) -> str:
    """Where config.py says it."""
    return f"# {device.position}: {device.position.text}".rstrip(": ")


def guarded(device: Device, statement: str, graph: Graph) -> Iterator[str]:
    """A statement that connects `device`; if that fails, it is said of which one, and why: with a
    traceback, if it is of the user's modules."""
    if not can_fail(device, graph):
        yield statement
        return
    about = f"device `{device.name}` ({device.position})"
    ours = all(name.startswith("mirage.") for name in device.imports)
    yield "try:"
    yield f"    {statement}"
    yield "except Exception as _error:"
    yield f"    if _refused({about!r}, _error, {ours}):"
    yield "        raise SystemExit(1)"
    yield "    raise"


def indented(lines: Iterable[str]) -> Iterator[str]:
    """The same lines, one block deeper."""
    return (f"    {line}" for line in lines)
