"""Makes a fresh Debian in a folder and runs targets of make there: `hello` as an ordinary user, for
nothing is asked of root; the others as root, who may install what they need.

    python3 -m tests.rehearsal.machine FOLDER TARGET...

Runs as root in mount and PID namespaces of its own, so nothing has to be unmounted.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from tests.rehearsal import host, transcript

CHECKOUT = Path(__file__).resolve().parents[2]
RELEASE = "bookworm"
README = ("gcc", "make", "git", "python3", "python3-venv", "python3-pip")
"""What README asks for."""

INCLUDE = (*README, "libc6-dev")
"""libc6-dev is what `apt install gcc` brings as well, but only as a recommendation, which a chroot
does not follow; without it a C compiler cannot make a program."""

USER = "user"
HOMES = {USER: Path("/home") / USER, "root": Path("/root")}


def make(root: Path) -> None:
    """An empty Debian that reaches the mirrors and indexes that this machine uses."""
    apt = root.with_name("apt.conf")
    apt.write_text(host.apt_options(), encoding="utf-8")
    run("mmdebstrap", "--quiet", "--mode=root", "--variant=apt", f"--aptopt={apt}",
        f"--include={','.join(INCLUDE)}", RELEASE, str(root), host.apt_mirror())  # fmt: skip
    # A root that is a mount point, as a machine's is: tests make mount namespaces in it.
    run("mount", "--bind", str(root), str(root))
    run("mount", "-t", "proc", "proc", str(root / "proc"))
    run("mount", "--rbind", "/dev", str(root / "dev"))
    run("chroot", str(root), "useradd", "--create-home", "--shell=/bin/bash", USER)
    host.share_network(root)
    host.share_pip(root)


def clone(root: Path, user: str) -> Path:
    """HEAD of this checkout, as `user` has it; its path inside."""
    inside = HOMES[user] / "mirage-py"
    outside = root / inside.relative_to("/")
    if not outside.exists():
        # The checkout may be another user's.
        run("git", "-c", "safe.directory=*", "clone", "--quiet", "--depth=1", f"file://{CHECKOUT}",
            str(outside))  # fmt: skip
        run("chroot", str(root), "chown", "--recursive", f"{user}:", str(inside))
    return inside


def make_command(root: Path, target: str) -> list[str]:
    """`make TARGET` as it is typed in the fresh machine."""
    user = USER if target == "hello" else "root"
    environment = {
        "HOME": str(HOMES[user]),
        "USER": user,
        "LANG": "C.UTF-8",
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        **host.environment(),
    }
    return [
        "chroot", f"--userspec={user}:{user}", str(root),
        # What runs in the background of a script does not hear Ctrl-C; what is typed does.
        "env", "--default-signal=INT,QUIT", "--ignore-environment",
        *(f"{name}={value}" for name, value in environment.items()),
        "make", "-C", str(clone(root, user)), target,
    ]  # fmt: skip


def run(*command: str) -> None:
    subprocess.run(command, check=True)


def capture(*arguments: str) -> str:
    return subprocess.run(
        ["git", "-c", "safe.directory=*", "-C", str(CHECKOUT), *arguments],
        check=True, capture_output=True, text=True,
    ).stdout  # fmt: skip


def main() -> int:
    root, targets = Path(sys.argv[1]) / "root", sys.argv[2:]
    before = time.monotonic()
    make(root)
    if capture("status", "--porcelain").strip():
        print("rehearsal: what is not committed is not rehearsed", file=sys.stderr, flush=True)
    say(f"a fresh {RELEASE} is there", before)
    for target in targets:
        before = time.monotonic()
        lines, status = transcript.follow(make_command(root, target))
        complaints = transcript.complaints(target, lines, status)
        for complaint in complaints:
            print(f"error: make {target}: {complaint}", file=sys.stderr)
        if complaints:
            return 1
        say(f"make {target} passed", before)
    return 0


def say(what: str, since: float) -> None:
    print(f"rehearsal: {what} after {time.monotonic() - since:.0f} s", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
