"""Working at several sources at once, in threads that Ctrl-C need not wait for."""

from __future__ import annotations

import queue
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from mirage_py.support.errors import MirageError, together

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from mirage_py.catalog import Vendored

AT_ONCE = 4


@dataclass
class Results:
    """What became of each source."""

    paths: dict[str, Path] = field(default_factory=dict)
    mistakes: dict[str, MirageError] = field(default_factory=dict)
    bugs: list[BaseException] = field(default_factory=list)


def at_once(work: Callable[[Vendored], Path], sources: Iterable[Vendored]) -> dict[str, Path]:
    """`work` for each source, several at once, by name. Raises all mistakes together."""
    listed = list(sources)
    results = Results()
    waiting: queue.SimpleQueue[Vendored] = queue.SimpleQueue()
    ended: queue.SimpleQueue[None] = queue.SimpleQueue()
    for source in listed:
        waiting.put(source)

    def worker() -> None:
        while True:
            try:
                source = waiting.get_nowait()
            except queue.Empty:
                return
            do(work, source, results)
            ended.put(None)

    # An executor would, at Ctrl-C, wait for every stalled server to time out.
    for _ in range(min(AT_ONCE, len(listed))):
        threading.Thread(target=worker, daemon=True).start()
    for _ in listed:
        ended.get()
    return judged(results, listed)


def do(work: Callable[[Vendored], Path], source: Vendored, results: Results) -> None:
    """Work at one source, and note what became of it."""
    try:
        results.paths[source.name] = work(source)
    except MirageError as mistake:
        results.mistakes[source.name] = mistake
    except BaseException as bug:  # raised where somebody sees it
        results.bugs.append(bug)


def judged(results: Results, sources: list[Vendored]) -> dict[str, Path]:
    """The paths, if nothing went wrong."""
    for bug in results.bugs:
        raise bug
    mistakes = [results.mistakes[one.name] for one in sources if one.name in results.mistakes]
    if mistakes:
        raise together(mistakes)
    return results.paths
