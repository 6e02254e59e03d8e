"""MicroPython as a host program with native modules made of .pyx, so that a script can call them.

The core is the vendored one, unpacked through `mirage_py.sources` (or the tree that
MIRAGE_PY_TEST_MICROPYTHON names). The modules are built as in the guest, from the generated
wrapper, with their strings as link-time symbols; but under the sanitizer, over the fake Solo5.
"""

from __future__ import annotations

import json
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from tests.support import vendored
from tests.support.freestanding import INCLUDES, ROOT, WARNINGS, Translated, flags, run

if TYPE_CHECKING:
    from collections.abc import Sequence

OVERLAY = ROOT / "runtime_c" / "vendor" / "micropython" / "overlay"
LEFT_OUT = ("emitnative.c", "formatfloat.c")
"""What its architectures include; what floattext.c stands for."""
PORT = Path(__file__).parent / "micropython"
# Modules are checked for undefined behaviour and for accesses beside globals and heap blocks; stack
# frames that an exception leaves without unwinding would look poisoned afterwards.
CHECKED = ["-fsanitize=undefined", "-fno-sanitize-recover=all", "-fno-strict-aliasing", "-g", "-O1"]
# As the image's freeze step does (runtime_c/tools/freeze.py).
SYMBOL = """\
    __asm__(".globl mirage_qstr_{0}\\n.set mirage_qstr_{0}, %c0" : : "i"(MP_QSTR_{0} << 3 | 2));
"""


def micropython_tree() -> Path:
    """The interpreter's source."""
    return vendored.tree("micropython")


class MicroPython:
    """A program in `folder` with these modules in it."""

    def __init__(
        self, folder: Path, modules: Sequence[Translated], objects: Sequence[Path]
    ) -> None:
        self.folder = folder
        self.tree = micropython_tree()
        self.includes = flags([PORT, folder, self.tree, OVERLAY, *INCLUDES])
        self.manifests = [json.loads(module.strings.read_text()) for module in modules]
        self.manifests = [manifest for manifest in self.manifests if manifest["module"]]
        self.program = folder / "micropython"
        self._headers()
        core = self._core()
        wrappers = [module.wrapper for module in modules]
        own = ("mirage_cython_mp.c", "mirage_function.c", "mirage_objects.c")
        support = [*(ROOT / "runtime_c" / "cython" / one for one in own), *wrappers]
        checked = [
            self._object(path, [*WARNINGS, "-Wno-unused-parameter", *CHECKED]) for path in support
        ]
        run("gcc", "-no-pie", "-fsanitize=undefined,address", *core, *checked, *objects,
            "-lm", "-o", self.program)  # fmt: skip

    def run(self, script: str) -> subprocess.CompletedProcess[str]:
        """Run a script to its end."""
        return subprocess.run(
            [self.program], input=script, capture_output=True, text=True, check=False, timeout=30
        )

    def sources(self) -> list[Path]:
        """The core's files, and ours."""
        core = [path for path in (self.tree / "py").glob("*.c") if path.name not in LEFT_OUT]
        core += [OVERLAY / "decimal.c", OVERLAY / "floattext.c"]
        collector = self.tree / "shared" / "runtime" / "gchelper_generic.c"
        return [*sorted(core), collector, PORT / "main.c", self.folder / "modules.c"]

    def _headers(self) -> None:
        """The interned strings and the table of modules, with those of the test among them."""
        strings = sorted({text for each in self.manifests for text in each["strings"]})
        names = [text for text in strings if text.isidentifier()]
        registered = "".join(
            f"extern const mp_obj_module_t {each['symbol']};\n"
            f"MP_REGISTER_MODULE(MP_QSTR_{each['module']}, {each['symbol']});\n"
            for each in self.manifests
        )
        symbols = "".join(SYMBOL.format(name) for name in names)
        (self.folder / "modules.c").write_text(
            f'#include "py/runtime.h"\n{registered}'
            f"__attribute__((used)) static void strings(void)\n{{\n{symbols}}}\n"
        )
        port = self.folder / "qstrdefsport.h"
        port.write_text("".join(f"Q({text})\n" for text in strings))
        (self.folder / "genhdr").mkdir()
        run(sys.executable, ROOT / "runtime_c" / "tools" / "genhdr.py", self.tree,
            self.folder / "genhdr", port, "--compiler=gcc",
            *(f"--flags={flag}" for flag in self.includes),
            *(f"--sources={path}" for path in self.sources()))  # fmt: skip

    def _core(self) -> list[Path]:
        with ThreadPoolExecutor(2) as pool:
            return list(pool.map(lambda path: self._object(path, ["-w", "-O0"]), self.sources()))

    def _object(self, source: Path, options: list[str]) -> Path:
        made = self.folder / f"{source.parent.name}-{source.stem}.o"
        run("gcc", *options, "-fno-pie", *self.includes, f"-I{source.parent}",
            "-c", source, "-o", made)  # fmt: skip
        return made
