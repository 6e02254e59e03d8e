"""A real KVM on any machine: a Linux in QEMU, whose emulated processor has virtualization (SVM).

    machine = Machine(cache, scratch)
    ran = machine.run({"tender": path, "image": path}, "exec ./tender --mem=2 ./image")
    assert ran.status == 0 and ran.console == "Hello\n"

The host's own /dev/kvm is not used, even where there is one: verdicts must not depend on the
host. The machine is booted once and saved; from then on it is restored, which takes a fraction of a
second, and kept for the next job. A job has the folder of its files and its network to itself; one
that must find nothing else of an earlier job in the machine either asks for a `fresh` one.

`-accel tcg,thread=single`, because with a thread for each of its two processors QEMU 7.2 now and
then loses an interrupt and the machine hangs. Should it hang all the same, the machine is thrown
away and the job tried once more; `retries` tells, and kvm_fixture.py reports it.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from tests.support.kernel import Kernel, prepare
from tests.support.unikernel import Ran

T = TypeVar("T")
QEMU = "qemu-system-x86_64"
ARGUMENTS = [
    "-machine", "q35", "-accel", "tcg,thread=single", "-smp", "2", "-m", "1024",
    "-cpu", "qemu64,+svm,+npt", "-nodefaults", "-no-user-config", "-display", "none", "-no-reboot",
    "-append", "console=ttyS0 panic=-1 quiet",
]  # fmt: skip
BOOT_TIMEOUT = 120
"""Seconds that booting may take; it takes two, or more beside other work."""
GRACE = 30
"""Seconds beyond a job's own time after which the machine counts as hung."""
LATE = 137
"""Status of a job that the agent ended because its time was over."""


class Hung(Exception):
    """The machine does not answer any more."""


class Late(Exception):
    """A job did not end in its time."""


@dataclass(frozen=True)
class Done(Ran):
    """A job that came to its end."""

    kept: dict[str, bytes] = field(repr=False)
    """What is left in its folder `keep`, by name."""


def why_not() -> str | None:
    """Why there can be no such machine here, if so."""
    if shutil.which(QEMU) is None:
        return f"{QEMU} is not installed: apt-get install qemu-system-x86"
    return None


@dataclass
class Machine:
    """The machine, and its saved state below `scratch`. `cache` keeps kernels between runs."""

    cache: Path
    scratch: Path
    retries: list[str] = field(default_factory=list)
    """The tests of jobs that were run a second time because the machine hung in the first."""
    _running: Running | None = None
    _kernel: Kernel | None = None
    _attempting: bool = False

    @property
    def _state(self) -> Path:
        return self.scratch / "state"

    def run(
        self,
        files: Mapping[str, Path | bytes],
        command: str,
        timeout: int = 60,
        *,
        fresh: bool = False,
    ) -> Done:
        """Run `command`, lines of shell, in a folder with these files; those whose names begin with
        `keep/` come back. Raises Late."""
        if fresh:
            self.stop()
        job = pack(files, command)
        return self.twice(lambda: self._start().run(job, timeout))

    def twice(self, attempt: Callable[[], T]) -> T:
        """What an attempt at something with the machine gives. Should that hang, the whole attempt
        is made once more, with a new machine."""
        if self._attempting:
            return attempt()
        self._attempting = True
        try:
            return attempt()
        except (Hung, OSError) as error:
            self.retries.append(f"{os.environ.get('PYTEST_CURRENT_TEST')}: {error!r}")
            self.stop()
            return attempt()
        finally:
            self._attempting = False

    def line(self) -> Path:
        """The socket that is the other end of /dev/line in the machine as it is now."""
        return self._start().line

    def stop(self) -> None:
        """End the machine; the next job gets a new one."""
        if self._running:
            self._running.stop()
            self._running = None

    def _start(self) -> Running:
        if self._running is None:
            if self._kernel is None:
                self._kernel = self._boot()
            self._running = Running(self._kernel, self.scratch, incoming=self._state)
        return self._running

    def _boot(self) -> Kernel:
        """Boot the machine once, and save it as it waits for its first job."""
        kernel = prepare(self.cache)
        booting = Running(kernel, self.scratch)
        try:
            booting.save(self._state)
        finally:
            booting.stop()
        return kernel


class Running:
    """One QEMU."""

    def __init__(self, kernel: Kernel, scratch: Path, incoming: Path | None = None) -> None:
        # Not below `scratch`: the path of a socket may be no longer than 107 bytes.
        self.folder = Path(tempfile.mkdtemp(prefix="mirage-kvm-"))
        self.console = scratch / "console.log"
        paths = {name: self.folder / name for name in ("jobs", "control", "line")}
        self.line = paths["line"]
        argv = [
            QEMU, *ARGUMENTS, "-kernel", str(kernel.image), "-initrd", str(kernel.initrd),
            "-serial", f"file:{self.console}", "-device", "virtio-serial-pci",
            "-chardev", f"socket,id=jobs,path={paths['jobs']},server=on,wait=off",
            "-device", "virtserialport,chardev=jobs,name=jobs",
            "-chardev", f"socket,id=line,path={self.line},server=on,wait=off",
            "-device", "virtserialport,chardev=line,name=line",
            "-qmp", f"unix:{paths['control']},server=on,wait=off",
            *(["-incoming", f"exec:cat {incoming}"] if incoming else []),
        ]  # fmt: skip
        self.process = subprocess.Popen(argv, stdin=subprocess.DEVNULL)
        try:
            self.jobs = self._connect(paths["jobs"])
            self.answers = self.jobs.makefile("rb")
            self.control = self._connect(paths["control"])
            self.replies = self.control.makefile("rb")
            self.replies.readline()  # its greeting
            self.ask("qmp_capabilities")
            if not incoming:
                self._expect(b"READY\n", BOOT_TIMEOUT)
        except BaseException:
            self.stop()
            raise

    def _connect(self, path: Path) -> socket.socket:
        deadline = time.monotonic() + GRACE
        while True:
            end = socket.socket(socket.AF_UNIX)
            try:
                end.connect(str(path))
            except OSError:
                end.close()
                if self.process.poll() is not None or time.monotonic() > deadline:
                    raise Hung("QEMU did not start") from None
                time.sleep(0.01)
            else:
                end.settimeout(GRACE)
                return end

    def _expect(self, line: bytes, timeout: float) -> None:
        self.jobs.settimeout(timeout)
        got = self.answers.readline()
        if got != line:
            raise Hung(f"the machine said {got!r} instead of {line!r}: see {self.console}")

    def ask(self, what: str, **arguments: str) -> object:
        """Have QEMU do something."""
        request = {"execute": what, "arguments": arguments}
        self.control.sendall(json.dumps(request).encode() + b"\n")
        while line := self.replies.readline():
            reply = json.loads(line)
            if "error" in reply:
                raise Hung(f"{what}: {reply['error']}")
            if "return" in reply:
                return reply["return"]
        raise Hung(f"{what}: QEMU has ended")

    def save(self, path: Path) -> None:
        """Write the machine's whole state, in which it stops, to `path`."""
        partial = path.with_suffix(".partial")
        self.ask("migrate", uri=f"exec:cat > {partial}")
        deadline = time.monotonic() + GRACE
        while (status := self.ask("query-migrate")["status"]) != "completed":  # type: ignore[index]
            if status == "failed" or time.monotonic() > deadline:
                raise Hung("the machine could not be saved")
            time.sleep(0.02)
        partial.replace(path)

    def run(self, job: bytes, timeout: int) -> Done:
        """Run what `pack` packed."""
        self.jobs.settimeout(timeout + GRACE)
        self.jobs.sendall(b"RUN %d %d %d\n" % (len(job), timeout, time.time()) + job)
        words = self.answers.readline().split()
        if len(words) != 5 or words[0] != b"DONE":
            raise Hung(f"the machine said {words!r}: see {self.console}")
        status, *sizes = map(int, words[1:])
        parts = [self.answers.read(size) for size in sizes]
        if [len(part) for part in parts] != sizes:
            raise Hung(f"the machine ended within an answer: see {self.console}")
        output, errors = (part.decode("utf-8", "replace") for part in parts[:2])
        done = Done(status, output, errors, unpack(parts[2]))
        if status == LATE:
            raise Late(f"not done after {timeout} s: {done}")
        return done

    def stop(self) -> None:
        """End it at once: it has nothing to lose."""
        self.process.kill()
        self.process.wait()
        for name in ("answers", "jobs", "replies", "control"):
            if end := getattr(self, name, None):
                end.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def pack(files: Mapping[str, Path | bytes], command: str) -> bytes:
    """The tar of a job: its files and its script."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w", format=tarfile.USTAR_FORMAT) as archive:
        for name, content in {**files, "job": command.encode() + b"\n"}.items():
            data = content if isinstance(content, bytes) else content.read_bytes()
            member = tarfile.TarInfo(name)
            member.size, member.mode = len(data), 0o755
            archive.addfile(member, io.BytesIO(data))
    return packed.getvalue()


def unpack(packed: bytes) -> dict[str, bytes]:
    """The files of the tar that the agent makes of `keep`, by their names in it."""
    if not packed:
        return {}
    with tarfile.open(fileobj=io.BytesIO(packed)) as archive:
        files = {member.name: archive.extractfile(member) for member in archive}
        return {name.removeprefix("keep/"): file.read() for name, file in files.items() if file}
