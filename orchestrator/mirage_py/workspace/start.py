"""The start code: the module that an image runs first, to connect devices and run jobs."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mirage_py.graph.model import Device, Graph

NAME = "_start"

STUCK = "every task waits for another: nothing can wake them"
"""MicroPython's event loop returns, rather than sleeping for ever, when nothing can ever happen."""


def start_source(graph: Graph) -> str:
    """Python that connects each device once, in boot order, its line of config.py above it. An
    event loop is only there if something is awaited."""
    imports = sorted({name for device in graph.devices for name in device.imports})
    jobs = [device for device in graph.devices if device.id in graph.jobs]
    others = [device for device in graph.devices if device.id not in graph.jobs]
    if not awaits(graph):
        lines = [*(f"import {name}" for name in imports), *connect([*others, *jobs])]
    else:
        lines = [
            "import asyncio",
            *(f"import {name}" for name in imports),
            "",
            "async def boot():",
            *indented(connect(others)),
            *indented(run(jobs)),
            "    return True",
            "",
            "if not asyncio.run(boot()):",
            f"    raise RuntimeError({STUCK!r})",
        ]
    return "\n".join(["# Written by mirage-py.", *lines, ""])


def awaits(graph: Graph) -> bool:
    """Whether anything in the start code is awaited."""
    return any("await " in device.connect for device in graph.devices)


def connect(devices: list[Device]) -> Iterator[str]:
    """One assignment per device."""
    for device in devices:
        yield f"# {device.position}: {device.position.text}".rstrip(": ")
        yield f"{device.id} = {device.connect}"


def run(jobs: list[Device]) -> Iterator[str]:
    """The jobs, concurrently; the first that fails ends them all."""
    if len(jobs) == 1:
        yield from connect(jobs)
        return
    for job in jobs:
        yield f"async def run_{job.id}():"
        yield from indented(connect([job]))
    yield f"await asyncio.gather({', '.join(f'run_{job.id}()' for job in jobs)})"


def indented(lines: Iterator[str]) -> Iterator[str]:
    """The same lines, one block deeper."""
    return (f"    {line}" for line in lines)
