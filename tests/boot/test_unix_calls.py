"""What guests know of Linux, spelled out in headers of their own, is what Linux's headers say."""

from __future__ import annotations

import re
from pathlib import Path

from tests.support.programs import ROOT, cc

HEADERS = [ROOT / "targets" / "common" / "linux" / "calls.h", ROOT / "targets" / "unix" / "calls.h"]
CONSTANT = re.compile(r"\bLINUX_([A-Z0-9_]+)(?: =| 0x)")
LINUXS = """\
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <net/if.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stddef.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/personality.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>
#include <time.h>
#include <asm/prctl.h>
#include <linux/ethtool.h>
#include <linux/if_tun.h>
#include <linux/sockios.h>
"""
STRUCTURES = {
    "timespec": ["tv_sec", "tv_nsec"],
    "itimerspec": ["it_interval", "it_value"],
    "epoll_event": ["events", "data"],
    "stat": ["st_mode", "st_size", "st_mtim"],
    "dirent64": ["d_reclen", "d_name"],
    "ifreq": ["name=ifr_name", "flags=ifr_flags", "mtu=ifr_mtu", "data=ifr_data"],
    "ethtool_value": ["cmd", "data"],
    "pollfd": ["fd", "events", "revents"],
    "sockaddr_in": ["family=sin_family", "port=sin_port", "address=sin_addr"],
    "sockaddr_in6": [
        "family=sin6_family",
        "port=sin6_port",
        "address=sin6_addr",
        "scope=sin6_scope_id",
    ],
}
"""Structures with their fields, as OURS=LINUXS where they differ."""


def pairs(header: Path) -> list[tuple[str, str]]:
    """Each constant of a header and Linux's name for it; the first enumeration is system calls."""
    calls, rest = header.read_text(encoding="utf-8").split("};", 1)
    return [
        *((f"LINUX_{name}", f"SYS_{name.lower()}") for name in CONSTANT.findall(calls)),
        *((f"LINUX_{name}", name) for name in CONSTANT.findall(rest)),
    ]


def layout(structure: str, fields: list[str]) -> list[tuple[str, str]]:
    """Size and offsets of a structure, and Linux's."""
    words = [(f"sizeof(struct linux_{structure})", f"sizeof(struct {structure})")]
    for field in fields:
        ours, _, linuxs = field.partition("=")
        words.append(
            (
                f"offsetof(struct linux_{structure}, {ours})",
                f"offsetof(struct {structure}, {linuxs or ours})",
            )
        )
    return words


def test_numbers_and_structures(tmp_path: Path) -> None:
    same = [pair for path in HEADERS for pair in pairs(path)]
    assert len(same) > 70
    same += [pair for item in STRUCTURES.items() for pair in layout(*item)]
    checks = [f'_Static_assert({ours} == {linuxs}, "{linuxs}");' for ours, linuxs in same]
    includes = [f'#include "{path}"' for path in HEADERS]
    source = tmp_path / "check.c"
    source.write_text("\n".join([LINUXS, *includes, *checks, ""]), encoding="utf-8")
    cc("-D_GNU_SOURCE", "-fsyntax-only", source)
