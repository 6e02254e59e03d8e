"""A child that goes on from this very process: what was imported here need not be there again."""

from __future__ import annotations

import ctypes
import os
import select
import signal
import sys
import traceback
from typing import TYPE_CHECKING

from mirage_py.support import process

if TYPE_CHECKING:
    from collections.abc import Callable


PATIENCE = process.PATIENCE + 1
"""Seconds that it is given to end by itself: longer than it gives what it runs."""
PR_SET_PDEATHSIG = 1
"""prctl(2): the signal that comes when the parent dies."""


class Fork:
    """A child that does `main`, on our standard output and error, and ends with the status that
    this returns; 1 after an exception, which it shows. Of what it changes in memory we see
    nothing. However we end, it is asked to end, too. We must have one thread."""

    def __init__(self, main: Callable[[], int]) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        self.status: int | None = None
        """Its exit status, once it has ended; of a signal, minus its number."""
        parent = os.getpid()
        self.pid = os.fork()
        if not self.pid:
            status = 1
            try:
                signal.signal(signal.SIGTERM, signal.SIG_DFL)  # what ours does is not for a child
                ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
                status = status_of(main) if os.getppid() == parent else 1
            finally:
                os._exit(status)
        self._descriptor = os.pidfd_open(self.pid)

    def ended(self, timeout: float | None = 0) -> bool:
        """Whether it has ended, within `timeout` seconds; without one, it is waited for."""
        if self.status is None and select.select([self._descriptor], [], [], timeout)[0]:
            _, told = os.waitpid(self.pid, 0)
            self.status = os.waitstatus_to_exitcode(told)
            os.close(self._descriptor)
        return self.status is not None

    def end(self) -> None:
        """End it, if it still runs: asked first, killed when it does not obey."""
        for number, patience in ((signal.SIGTERM, PATIENCE), (signal.SIGKILL, None)):
            if not self.ended():
                os.kill(self.pid, number)
                self.ended(patience)


def status_of(main: Callable[[], int]) -> int:
    """What `main` returns, in the child, when all that it wrote is written."""
    try:
        nothing = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nothing, 0)
        os.close(nothing)
        status = main()
        sys.stdout.flush()
    except BaseException:  # nobody stands above
        traceback.print_exc()
        status = 1
    sys.stderr.flush()
    return status
