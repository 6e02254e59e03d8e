"""The drivers as the guest has them: freestanding C, wrappers, MicroPython; under the sanitizers.

What is tested in detail with extension modules is run through once more here.
"""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

import pytest

from mirage_py.cython import Mode
from tests.support.freestanding import BINDINGS, INCLUDES, Host, guest_flags, run, translate
from tests.support.micropython_host import MicroPython
from tests.support.vendored import driver_headers

DRIVERS = sorted(path for path in BINDINGS.glob("*/*.pyx"))
OURS = ("files_", "mirage_", "solo5_")
VENDORED = (
    "dhcp_",
    "etharp_",
    "ethernet_",
    "ethip6_",
    "ip4",
    "ip6",
    "ip_",
    "mbedtls_ccm_",
    "mbedtls_sha1_",
    "mp_",
    "nd6_",
    "netif_",
    "pbuf_",
    "phr_",
    "qstr_",
    "tcp_",
    "uzlib_",
)
"""How functions of vendored sources that drivers call begin."""
SET_UP = Path(__file__).with_name("set_up.c")


@pytest.fixture(scope="module")
def micropython(tmp_path_factory: pytest.TempPathFactory) -> MicroPython:
    """MicroPython with the modules of block, random and time."""
    folder = tmp_path_factory.mktemp("micropython")
    host = Host(tmp_path_factory.mktemp("host"))
    modules = [
        translate(driver, Mode.DRIVER, folder / "made")
        for driver in DRIVERS
        if driver.stem in {"block", "random", "time"}
    ]
    return MicroPython(folder, modules, [*host.support(), host.object(SET_UP)])


def test_modules(micropython: MicroPython) -> None:
    script = """\
        import _block, _random, _time
        def no(f, *args):
            try:
                print("returned", f(*args))
            except Exception as error:
                print(type(error).__name__, error)

        print(_time.monotonic_ns(), _time.monotonic_ns(), _time.wall_ns() == 2**64 - 1)
        no(_block.acquire, "absent")
        no(_block.acquire, "a\\0b")
        disk = _block.acquire("storage")
        no(_block.acquire, "storage")
        print(disk, _block.capacity(disk), _block.block_size((1 << 70) >> 71))
        _block.write(disk, 512, b"x" * 512)
        data = bytearray(512)
        _block.read(disk, 512, data)
        print(data == b"x" * 512)
        for offset in (1, 511, 2048, 2**63, 2**64 - 512, 2**64, -512):
            no(_block.read, disk, offset, data)
            no(_block.write, disk, offset, data)
        for length in (0, 511, 513):
            no(_block.read, disk, 0, bytearray(length))
            no(_block.write, disk, 0, bytes(length))
        for handle in (-1, 1, 64, 2**31):
            no(_block.read, handle, 0, data)
        no(_block.read, disk, 0, b"x" * 512)
        for length in (0, 1, 8, 1000):
            buffer = bytearray(length)
            _random.fill(buffer)
            print(length < 8 or any(buffer[-8:]))
        print(_random.sources().endswith("jitter"))
    """
    ran = micropython.run(dedent(script))
    assert (ran.returncode, ran.stderr) == (0, ""), ran.stdout + ran.stderr
    einval, ebadf = "OSError [Errno 22] Invalid argument", "OSError [Errno 9] Bad file descriptor"
    assert ran.stdout.splitlines() == [
        "1000 1001 True",
        "OSError [Errno 19] No such device",
        "ValueError embedded null character",
        "OSError [Errno 19] No such device",
        "0 2048 512",
        "True",
        *[einval] * 10,
        *["OverflowError int does not fit 64 unsigned bits"] * 4,
        *[einval] * 6,
        *[ebadf] * 3,
        "OverflowError int does not fit 32 signed bits",
        "TypeError object with buffer protocol required",
        *["True"] * 5,
    ]


def test_traceback_of_a_driver(micropython: MicroPython) -> None:
    block = (BINDINGS / "block" / "block.pyx").read_text().splitlines()
    line = block.index("        raise OSError(EBADF)") + 1
    lines = micropython.run("import _block\n_block.capacity(9)\n").stdout.splitlines()
    assert lines[-2:] == [
        f'  File "block.pyx", line {line}, in opened',
        "OSError: [Errno 9] Bad file descriptor",
    ]


@pytest.mark.parametrize("driver", DRIVERS, ids=lambda path: path.stem)
def test_compiles_for_the_guest(driver: Path, tmp_path: Path) -> None:
    """Without a warning, with the guest's flags and nothing of the host's C library."""
    made = translate(driver, Mode.DRIVER, tmp_path)
    run(
        "gcc",
        *guest_flags(),
        "-Werror",
        "-Wno-unused-function",
        *(f"-I{folder}" for folder in INCLUDES),
        *(f"-isystem{folder}" for folder in driver_headers()),
        "-c",
        made.c,
        "-o",
        tmp_path / "driver.o",
    )
    undefined = run("nm", "--undefined-only", tmp_path / "driver.o").stdout.split()
    allowed = {"memchr", "memcmp", "memcpy", "memmove", "memset", "strcmp", "strlen"}
    allowed |= {"__stack_chk_fail", "__stack_chk_guard"}
    used = {name for name in undefined if len(name) > 1} - allowed
    assert all(name.startswith((*OURS, *VENDORED)) for name in used), used
