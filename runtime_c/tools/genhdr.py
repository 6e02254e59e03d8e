"""Generate MicroPython's headers: interned strings, module and root pointer tables.

The steps are those of the interpreter's own make rules, run through its own scripts; this file only
orders them, so that Meson sees one command with declared outputs.

    genhdr.py TREE OUTPUT_DIR PORT_STRINGS --compiler=CC… --flags=FLAG… --sources=FILE…
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

SCRIPTS = {
    "qstr": ("makeqstrdata.py", "qstrdefs.generated.h"),
    "module": ("makemoduledefs.py", "moduledefs.h"),
    "root_pointer": ("make_root_pointers.py", "root_pointers.h"),
}
Q_LINE = re.compile(r"^Q\(.*\)", re.MULTILINE)
QUOTED_Q_LINE = re.compile(r'^"(Q\(.*\))"', re.MULTILINE)


def script(tree: Path, name: str, *args: str) -> str:
    """Run one of py/*.py and return what it prints. Its version stamp must not depend on git or on
    the day, hence the environment."""
    stamp = {"MICROPY_GIT_TAG": "v1.25.0", "MICROPY_GIT_HASH": "release", "SOURCE_DATE_EPOCH": "0"}
    return subprocess.run(
        [sys.executable, str(tree / "py" / name), *args],
        check=True, text=True, stdout=subprocess.PIPE, env=os.environ | stamp,
    ).stdout  # fmt: skip


def preprocessed_strings(tree: Path, collected: Path, port: Path, cpp: list[str]) -> str:
    """All Q(…) lines, of py/, the port and the sources, as the configuration leaves them."""
    definitions = [tree / "py" / "qstrdefs.h", port, collected]
    text = "".join(path.read_text() for path in definitions)
    # The preprocessor must decide the #ifs but not see inside Q(…): hide those lines as strings.
    hidden = Q_LINE.sub(lambda line: f'"{line[0]}"', text)
    output = subprocess.run(
        [*cpp, "-x", "c", "-"], input=hidden, check=True, text=True, stdout=subprocess.PIPE
    ).stdout
    return QUOTED_Q_LINE.sub(r"\1", output)


def write_if_changed(path: Path, text: str) -> None:
    """Leave an equal file untouched: everything includes these headers."""
    if not path.exists() or path.read_text() != text:
        path.write_text(text)


def generate(args: argparse.Namespace, work: Path) -> None:
    tree, out = args.tree, args.output
    version = work / "mpversion.h"
    script(tree, "makeversionhdr.py", str(version))
    write_if_changed(out / "mpversion.h", version.read_text())

    cpp = [*args.compiler, "-E", *args.flags]
    everything = work / "all.i"
    script(
        tree, "makeqstrdefs.py", "pp", *args.compiler, "-E", "output", str(everything),
        "cflags", *args.flags, "-DNO_QSTR", "cxxflags", "sources", *args.sources,
        "dependencies", "changed_sources", *args.sources,
    )  # fmt: skip
    for mode, (maker, header) in SCRIPTS.items():
        parts, collected = work / mode, work / f"{mode}.collected"
        script(tree, "makeqstrdefs.py", "split", mode, str(everything), str(parts), "_")
        script(tree, "makeqstrdefs.py", "cat", mode, "_", str(parts), str(collected))
        source = collected
        if mode == "qstr":
            source = out / "qstrdefs.preprocessed.h"
            strings = preprocessed_strings(tree, collected, args.port_strings, cpp)
            write_if_changed(source, strings)
        write_if_changed(out / header, script(tree, maker, str(source)))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("tree", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("port_strings", type=Path)
    for name in ("compiler", "flags", "sources"):
        parser.add_argument(f"--{name}", action="append", default=[])
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=args.output) as work:
        generate(args, Path(work))


if __name__ == "__main__":
    main()
