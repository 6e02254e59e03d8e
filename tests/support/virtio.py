"""C programs as virtio images, run in QEMU as `mirage-py run` would, on machines of several kinds.

    image = virtio.image("disks", first="block", second="block")    # tests/guest/virtio/disks.c
    ran = virtio.run(image, "--block:first=a.img", "--block:second=b.img", machine="q35")
    assert ran.status == 0 and ran.console == "SUCCESS\\n"

QEMU emulates the processor, whatever KVM there is: verdicts must not depend on the host.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

from mirage_py.tender import kvm
from mirage_py.tender.command import Command, Request, command
from mirage_py.tender.execute import ended
from tests.support.programs import Programs
from tests.support.running import running
from tests.support.unikernel import Ran

TIMEOUT = 60
"""Seconds that one run of an image may take."""
Changes = Sequence[tuple[str, str]]


def machine_command(
    image: Path,
    *options: str,
    folder: Path,
    mem: int = 16,
    args: Sequence[str] = (),
    machine: str = "pc",
    changes: Changes = (),
    extra: Sequence[str] = (),
    accelerated: bool = False,
) -> tuple[Command, list[str]]:
    """The command that runs an image, and its words with parts of them replaced, and `extra` before
    those of devices."""
    with mock.patch.dict(os.environ, {kvm.OVERRIDE: str(int(accelerated))}):
        made = command(Request(image, "virtio", mem, options, args), folder)
    words = list(made.argv)
    words[words.index("-machine") + 1] = machine
    for old, new in changes:
        assert any(old in word for word in words), f"{old} is not in {words}"
        words = [word.replace(old, new) for word in words]
    first = words.index("-nodefaults")
    return made, [*words[:first], *extra, *words[first:]]


@dataclass
class Virtio(Programs):
    """Images, for QEMU."""

    def run(
        self,
        image: Path,
        *options: str,
        mem: int = 16,
        args: Sequence[str] = (),
        machine: str = "pc",
        changes: Changes = (),
        extra: Sequence[str] = (),
    ) -> Ran:
        """Run an image to its end."""
        with tempfile.TemporaryDirectory() as folder:
            made, words = machine_command(
                image, *options,
                folder=Path(folder), mem=mem, args=args, machine=machine,
                changes=changes, extra=extra,
            )  # fmt: skip
            done = subprocess.run(
                words,
                check=False, capture_output=True, text=True, timeout=TIMEOUT,
                stdin=subprocess.DEVNULL, pass_fds=made.descriptors,
            )  # fmt: skip
            assert made.machine
            return Ran(ended(made.machine, done.returncode, made.status), done.stdout, done.stderr)

    @contextlib.contextmanager
    def running(
        self,
        image: Path,
        *options: str,
        mem: int = 16,
        args: Sequence[str] = (),
        machine: str = "pc",
        changes: Changes = (),
    ) -> Iterator[subprocess.Popen[str]]:
        """An image that runs; its console is the process's standard output."""
        with tempfile.TemporaryDirectory() as folder:
            made, words = machine_command(
                image, *options,
                folder=Path(folder), mem=mem, args=args, machine=machine, changes=changes,
            )  # fmt: skip
            with running(words, stderr=subprocess.STDOUT, pass_fds=made.descriptors) as child:
                yield child
