"""Whether this machine's KVM can be used.

A /dev/kvm that opens is not enough: some machines have one with no hardware behind it, which
interprets every instruction, ten thousand times slower than an emulator would, and knows no SSE. So
a virtual CPU is given a few instructions to run, an SSE one among them.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import functools
import mmap
import os
import struct
from pathlib import Path

DEVICE = Path("/dev/kvm")
OVERRIDE = "MIRAGE_PY_KVM"
"""Environment: 1 or 0 instead of trying."""

GET_API_VERSION, CREATE_VM, GET_VCPU_MMAP_SIZE = 0xAE00, 0xAE01, 0xAE04
CREATE_VCPU, SET_MEMORY, RUN = 0xAE41, 0x4020AE46, 0xAE80
GET_SREGS, SET_SREGS, SET_REGS = 0x8138AE83, 0x4138AE84, 0x4090AE82
API_VERSION = 12

SREGS_SIZE = 312
CS = 0
"""Where the code segment's base (64 bits) stands in the special registers."""
CS_SELECTOR = 12
CR0, CR4 = 8 * 24 + 2 * 16, 8 * 24 + 2 * 16 + 24
"""After eight segments and two tables."""
CR0_EMULATION, CR4_SSE = 1 << 2, 1 << 9

REGS = struct.Struct("<16QQQ")
"""Sixteen registers, rip, rflags."""
EXIT_REASON = 8
"""Where struct kvm_run has it."""
EXIT_HALT = 5

CODE = bytes(
    [
        0x0F, 0x57, 0xC0,        # xorps %xmm0, %xmm0
        0x66, 0x0F, 0x58, 0xC0,  # addpd %xmm0, %xmm0
        0xF4,                    # hlt
    ]
)  # fmt: skip
START = 0x1000
MEMORY = 0x2000


def works() -> bool:
    """Whether a virtual machine would run at full speed here."""
    override = os.environ.get(OVERRIDE)
    return override != "0" if override else tried_once()


@functools.cache
def tried_once() -> bool:
    """Whether a virtual CPU can be made, and works."""
    try:
        with contextlib.ExitStack() as stack:
            return tried(stack)
    except OSError:
        return False


def tried(stack: contextlib.ExitStack) -> bool:
    """Whether a virtual CPU gets to the end of CODE. Raises OSError."""

    def opened(descriptor: int) -> int:
        stack.callback(os.close, descriptor)
        return descriptor

    kvm = opened(os.open(DEVICE, os.O_RDWR | os.O_CLOEXEC))
    if fcntl.ioctl(kvm, GET_API_VERSION) != API_VERSION:
        return False
    vm = opened(fcntl.ioctl(kvm, CREATE_VM, 0))
    memory = stack.enter_context(mmap.mmap(-1, MEMORY))
    memory[START : START + len(CODE)] = CODE
    fcntl.ioctl(vm, SET_MEMORY, struct.pack("<IIQQQ", 0, 0, 0, MEMORY, address_of(memory)))
    cpu = opened(fcntl.ioctl(vm, CREATE_VCPU, 0))
    size = fcntl.ioctl(kvm, GET_VCPU_MMAP_SIZE)
    shared = stack.enter_context(mmap.mmap(cpu, size))
    set_registers(cpu)
    fcntl.ioctl(cpu, RUN)
    return bool(struct.unpack_from("<I", shared, EXIT_REASON)[0] == EXIT_HALT)


def set_registers(cpu: int) -> None:
    """16-bit mode from START on, with SSE."""
    special = bytearray(fcntl.ioctl(cpu, GET_SREGS, bytes(SREGS_SIZE)))
    struct.pack_into("<Q", special, CS, 0)
    struct.pack_into("<H", special, CS_SELECTOR, 0)
    (cr0,) = struct.unpack_from("<Q", special, CR0)
    struct.pack_into("<Q", special, CR0, cr0 & ~CR0_EMULATION)
    struct.pack_into("<Q", special, CR4, CR4_SSE)
    fcntl.ioctl(cpu, SET_SREGS, bytes(special))
    fcntl.ioctl(cpu, SET_REGS, REGS.pack(*[0] * 16, START, 2))


def address_of(memory: mmap.mmap) -> int:
    """Where a mapping lies."""
    view = ctypes.c_char.from_buffer(memory)
    return ctypes.addressof(view)
