"""What a test has in its hands: the fixture `guest`."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from importlib import import_module
from pathlib import Path
from typing import Any, TypeVar
from unittest.mock import patch

from mirage_py.shim import machine, registered
from mirage_py.shim.disks import disk, tree
from mirage_py.shim.drivers.args import check
from mirage_py.shim.loop import Loop
from mirage_py.shim.machine import Clock, Machine

T = TypeVar("T")


class Args(dict[str, Any]):
    """Boot arguments: `args["--port"] = 80`."""

    def __init__(self, project: Path | None) -> None:
        super().__init__()
        self.project = project
        """The folder of the config.py that may declare some."""

    def __setitem__(self, name: str, value: Any) -> None:
        """Give it. Raises ValueError if it does not take this value, and KeyError if neither
        config.py nor a module that was imported declares it."""
        super().__setitem__(name, check(name, value, self.project))
        if name == "--logs":
            import_module("mirage.log").set_levels(value)


class Guest:
    """A unikernel's surroundings during a test, on a machine of its own."""

    def __init__(self, project: Path | None = None) -> None:
        self.args = Args(project)
        """The boot arguments that are given, by name: `guest.args["--port"] = 80`. They are checked
        as those of an image are."""
        self.clock = Clock()
        """Both clocks, of `time` too: they begin at 2026-01-01 00:00 UTC, and at 0. They stand
        still while Python runs, and pass at once what `run` waits for."""
        self._hooks: list[tuple[list[Any], list[Any]]] = []
        self.machine: Machine = machine.predictable(self.clock, self.args, project)

    def boot(self) -> None:
        """Begin as an image does: hooks that modules set when they were imported are set, and what
        config.py registers first is connected."""
        hooks = vars(import_module("mirage.hooks"))
        self._hooks = [(hooks[name], list(hooks[name])) for name in ("_exit", "_enter", "_leave")]
        if hooks["_exit"]:
            self.machine.at_exit = hooks["_run_exit"]
        if hooks["_enter"] or hooks["_leave"]:
            self.machine.enter, self.machine.leave = hooks["_run_enter"], hooks["_run_leave"]
        registered.boot(self.machine.project)

    def run(self, what: Callable[[], T] | Coroutine[Any, Any, T]) -> T:
        """Run the unikernel to its end: `start(...)` if it is async, else a function that calls it.
        Returns what it returns, and raises what it raises; a task of which nobody knows ends as
        the boot argument `--on-task-error` says. Hooks `at_exit` are called at the end."""
        try:
            return what() if callable(what) else self._run(what)
        finally:
            self._exit()

    def _run(self, main: Coroutine[Any, Any, T]) -> T:
        aborts: list[Exception] = []
        running: asyncio.Task[Any] | None = None
        tasks = import_module("mirage.tasks")

        def failed(loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
            try:
                tasks.failed(loop, context)
            except Exception as error:
                aborts.append(error)
                if running:
                    running.cancel()

        async def supervised() -> T:
            nonlocal running
            running = asyncio.current_task()
            asyncio.get_running_loop().set_exception_handler(failed)
            return await main

        with asyncio.Runner(loop_factory=lambda: Loop(self.machine, self.clock)) as runner:
            try:
                return runner.run(supervised())
            except asyncio.CancelledError:
                if not aborts:
                    raise
        raise aborts[0]

    def _exit(self) -> None:
        hook, self.machine.at_exit = self.machine.at_exit, None
        if hook:
            # As the hooks' own module makes a new loop, which MicroPython has one of at a time.
            with patch.multiple(asyncio, new_event_loop=lambda: None, run=self._run):
                hook()

    def block(self, name: str, content: bytes | int | Path, *, block_size: int = 512) -> Any:
        """What `block_of_file(name)` gives to `start`: a `mirage.block.Block` with a copy of these
        bytes, with so many zeros, or over a file, which it writes to. `block_size` is in bytes.
        Raises OSError."""
        self.machine.disks[name] = disk(content, block_size)
        return import_module("mirage.block").connect(name)

    def crunch(self, directory: Path | str) -> Any:
        """What `crunch(directory)` gives to `start`: a store of the files that are there now.
        Raises OSError."""
        self.machine.trees.append(tree(str(directory), Path(directory)))
        return import_module("mirage.crunch").connect(str(directory))

    def close(self) -> None:
        """Let go of the files of its disks, and of hooks that were set since it was booted."""
        for hooks, before in self._hooks:
            hooks[:] = before
        for one in self.machine.disks.values():
            one.file.close()
