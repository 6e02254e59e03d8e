"""The command `python -m mirage_py.cython`: its files, its errors, and that its output depends on
nothing but the source."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent

from mirage_py.cython import Mode, compile_pyx
from tests.support.freestanding import BINDINGS, Host

MODULE = """\
from libc.stdint cimport uint32_t
from helper cimport twice, counter

cdef public uint32_t doubled(uint32_t a) noexcept nogil:
    return twice(a)

cpdef int count(int by=1) except? -1:
    global counter
    if by < 0:
        raise ValueError("negative")
    counter += by
    return counter
"""
HELPER_PXD = """\
from libc.stdint cimport uint32_t
cdef int counter
cdef uint32_t twice(uint32_t a) noexcept nogil
cdef inline int checked(int a) except -1:
    if a < 0:
        raise ValueError("negative")
    assert a < 100
    return a
"""
HELPER = """\
from libc.stdint cimport uint32_t
cdef int counter = 7
cdef uint32_t twice(uint32_t a) noexcept nogil:
    return 2 * a
"""


def command(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the command as a build rule does."""
    argv = [sys.executable, "-m", "mirage_py.cython", *map(str, arguments)]
    paths = os.pathsep.join(path for path in sys.path if path)
    return subprocess.run(
        argv, capture_output=True, text=True, check=False, cwd=cwd, timeout=60,
        env=os.environ | {"PYTHONPATH": paths},
    )  # fmt: skip


def sources(folder: Path) -> Path:
    """A module and the one that it cimports, in `folder`."""
    (folder / "include").mkdir(parents=True)
    (folder / "user.pyx").write_text(MODULE)
    (folder / "include" / "helper.pxd").write_text(HELPER_PXD)
    (folder / "include" / "helper.pyx").write_text(HELPER)
    return folder


def build(folder: Path, cwd: Path, source: str | Path) -> dict[str, str]:
    """Every output of the command, by file name."""
    out = folder / "out"
    out.mkdir()
    done = command(
        source, "--mode", "module", "-I", folder / "include", "-o", out / "user.c",
        "--header", out / "user.h", "--wrapper", out / "user_module.c",
        "--strings", out / "user.json", cwd=cwd,
    )  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    return {path.name: path.read_text() for path in sorted(out.iterdir())}


def test_outputs_do_not_depend_on_places(tmp_path: Path) -> None:
    """Two folders, two working directories, relative and absolute: the same bytes."""
    first = sources(tmp_path / "one")
    second = sources(tmp_path / "much" / "deeper" / "two")
    made = build(first, first, "user.pyx")
    assert made == build(second, tmp_path, second / "user.pyx")
    assert sorted(made) == ["user.c", "user.h", "user.json", "user_module.c"]
    for text in made.values():
        assert str(tmp_path) not in text
    assert '#line 5 "user.pyx"' in made["user.c"]


def test_several_at_once(tmp_path: Path) -> None:
    """They become what each becomes by itself; one that is wrong keeps none of the others back."""
    folder = sources(tmp_path)
    alone = build(folder, folder, "user.pyx")
    wrong = folder / "wrong.pyx"
    wrong.write_text("import os\n")
    done = command(
        "wrong.pyx", "include/helper.pyx", "user.pyx", "--mode", "module", "-I", "include",
        "--into", "all", cwd=folder,
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.startswith("wrong.pyx:1:")
    made = {path.name: path.read_text() for path in (folder / "all").iterdir()}
    assert {name for name in made if name not in alone} == {
        "helper.c", "helper.h", "helper.json", "helper_module.c"
    }  # fmt: skip
    assert {name: made[name] for name in alone} == alone
    refused = command("user.pyx", "wrong.pyx", "--mode", "module", "-o", "user.c", cwd=folder)
    assert refused.returncode == 2
    assert "several have --into" in refused.stderr


def test_strings_and_module(tmp_path: Path) -> None:
    made = build(sources(tmp_path / "one"), tmp_path, tmp_path / "one" / "user.pyx")
    assert json.loads(made["user.json"]) == {
        "module": "user",
        "symbol": "mirage_module_user",
        "strings": ["user", "__name__", "count", "user.pyx"],
    }
    assert "const mp_obj_module_t mirage_module_user = {" in made["user_module.c"]
    assert "MP_QSTR" not in made["user_module.c"]


def test_driver_without_exports_is_no_module(tmp_path: Path) -> None:
    output = compile_pyx(BINDINGS / "console" / "console.pyx", Mode.DRIVER, include=[BINDINGS])
    assert output.wrapper == '#include "console.c"\n'
    assert json.loads(output.strings) == {"module": None, "symbol": None, "strings": []}
    assert "py/" not in output.c


def test_modules_link_with_each_other(tmp_path: Path, host: Host) -> None:
    """Functions and variables of a .pxd are C symbols; its inline functions raise as others do."""
    folder = sources(tmp_path)
    main = """\
        #include <stdio.h>
        #include "mirage_cython.h"
        #include "linked.h"
        int main(void)
        {
            printf("%d %d\\n", ask(20), mirage_cython_error.kind);
            int result = ask(-1);
            struct mirage_cython_error *error = &mirage_cython_error;
            printf("%d %s ", result, error->message);
            printf("%s:%d ", error->frames[0].file, error->frames[0].line);
            printf("%s:%d\\n", error->frames[1].file, error->frames[1].line);
        }
    """
    pyx = """\
        from helper cimport twice, counter, checked
        cdef public int ask(int a) except -1:
            return twice(checked(a)) + counter
    """
    helper = folder / "include" / "helper.pyx"
    program = host.program("linked", dedent(pyx), dedent(main), Mode.MODULE, cimported=[helper])
    ran = subprocess.run([program], capture_output=True, text=True, check=True, timeout=10)
    assert ran.stdout == "47 0\n-1 negative helper.pxd:6 linked.pyx:3\n"


def test_errors_are_lines(tmp_path: Path) -> None:
    source = tmp_path / "wrong.pyx"
    source.write_text("import os\ncpdef f(x):\n    return x + 1\n")
    out = tmp_path / "wrong.c"
    done = command("wrong.pyx", "--mode", "module", "-o", out, cwd=tmp_path)
    lines = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (1, "")
    assert lines[0].startswith("wrong.pyx:1:7: `import` is not available")
    assert [line.split(":")[1] for line in lines] == ["1", "2", "2", "3"]
    assert not out.exists()


def test_missing_pxd_and_missing_file(tmp_path: Path) -> None:
    (tmp_path / "a.pyx").write_text("from nowhere cimport x\n")
    done = command("a.pyx", "--mode", "module", "-o", "a.c", cwd=tmp_path)
    assert done.returncode == 1
    (line,) = done.stderr.splitlines()
    assert line.startswith(
        "a.pyx:1:0: there is no nowhere.pxd: `cimport` takes what native modules"
    )
    done = command("b.pyx", "--mode", "module", "-o", "b.c", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (1, "b.pyx: no such file\n")


def test_error_in_pxd_names_the_pxd(tmp_path: Path) -> None:
    (tmp_path / "a.pyx").write_text("from b cimport f\ncdef int g() noexcept:\n    return f()\n")
    (tmp_path / "b.pxd").write_text("cdef inline int f() noexcept:\n    return nope\n")
    done = command("a.pyx", "--mode", "module", "-o", "a.c", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr.startswith("b.pxd:2:11: `nope` is not declared: give it a type (`cdef int ")


def test_not_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.pyx").write_bytes(b"cdef int f() noexcept:\n    return 1  # \xff\n")
    done = command("a.pyx", "--mode", "module", "-o", "a.c", cwd=tmp_path)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert done.stderr.startswith("a.pyx:")


def test_header_is_plain_c(tmp_path: Path, host: Host) -> None:
    """A header compiles by itself and twice, and declares what C callers need."""
    output = compile_pyx(BINDINGS / "random" / "random.pyx", Mode.DRIVER, include=[BINDINGS])
    header = tmp_path / "random.h"
    header.write_text(output.header)
    main = tmp_path / "main.c"
    main.write_text(
        '#include "random.h"\n#include "random.h"\n'
        "void (*a)(uint8_t *, size_t) = mirage_random_fill;\n"
        "void (*b)(void) = mirage_random_seed;\n"
    )
    host.object(main)


def test_name_that_is_no_module(tmp_path: Path) -> None:
    (tmp_path / "a-b.pyx").write_text("cdef int x = 1\n")
    done = command("a-b.pyx", "--mode", "module", "-o", "a.c", cwd=tmp_path)
    assert done.returncode == 1
    assert done.stderr == "a-b.pyx:1:0: the module's name, `a-b`, is not an identifier\n"
