"""Freeze bytecode into one C file: the image's modules and its own pool of interned strings.

MicroPython's mpy-tool does the work. This adds the strings that the image's native modules need to
the same pool, and defines, for each of them, the symbol that such a module refers to it by
(`mirage_qstr_NAME`, whose address is the string as an object): so a native module is compiled once
and linked into any image.

    freeze.py TREE QSTRDEFS OUTPUT [--strings FILE.json …] FILE.mpy…
"""

import argparse
import contextlib
import importlib.util
import io
import json
import math
import re
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

# Object representation A (py/obj.h): an interned string is its number shifted by 3, tagged with 2.
DEFINE = (
    '    __asm__(".globl mirage_qstr_{0}\\n.set mirage_qstr_{0}, %c0"'
    ' : : "i"(MP_QSTR_{1} << 3 | 2));'
)
# As the guest is configured (port/mpconfigport.h).
MPZ_DIGIT_BITS = 32
SMALL_INTS = range(-(1 << 62), 1 << 62)
"""Of object representation A on machines of 64 bits (py/smallint.h)."""
ESCAPED = [chr(one) if chr(one).isalnum() and one < 128 else f"\\{one:03o}" for one in range(256)]
"""How each byte stands in a C string."""
INTERPRETER = """\
#include "py/mpconfig.h"
#if MICROPY_PERSISTENT_CODE_SAVE || MICROPY_PY_SYS_SETTRACE
#error "code is frozen without what saving and tracing it take"
#endif
#pragma GCC diagnostic ignored "-Wpragmas"
#pragma GCC diagnostic ignored "-Wunterminated-string-initialization"
"""
"""What comes first: bytecode has no byte behind its last one."""
ARGUMENT = b"\0mirage.args\0"
"""What a constant begins with that stands for a boot argument (workspace/read_arguments.py)."""


def load(tree: Path) -> ModuleType:
    """mpy-tool as a module; its name is not an identifier, and it looks for its helpers in py/."""
    sys.path.insert(0, str(tree / "py"))
    spec = importlib.util.spec_from_file_location("mpy_tool", tree / "tools" / "mpy-tool.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{tree} holds no mpy-tool.py")
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def configure(tool: ModuleType, qstrdefs: Path) -> set[str]:
    """Tell mpy-tool how the runtime was built; return the strings that the runtime has."""
    settings, runtime = tool.qstrutil.parse_input_headers([str(qstrdefs)])
    tool.config.MICROPY_LONGINT_IMPL = tool.config.MICROPY_LONGINT_IMPL_MPZ
    tool.config.MPZ_DIG_SIZE = MPZ_DIGIT_BITS
    tool.config.MICROPY_QSTR_BYTES_IN_LEN = int(settings["BYTES_IN_LEN"])
    tool.config.MICROPY_QSTR_BYTES_IN_HASH = int(settings["BYTES_IN_HASH"])
    tool.config.native_arch = tool.MP_NATIVE_ARCH_NONE
    names = dict(
        zip(tool.qstrutil.static_qstr_list_ident, tool.qstrutil.static_qstr_list, strict=True)
    )
    names |= dict(runtime.values())
    distinct_names(tool, names)
    return set(names)


def distinct_names(tool: ModuleType, names: dict[str, str]) -> None:
    """Let no two strings have one name in C: that of "+" is "_plus_", which is a string too."""
    escape = tool.qstrutil.qstr_escape

    def init(self: Any, text: str) -> None:
        name = escape(text)
        while names.setdefault(name, text) != text:
            name += "_"
        self.str, self.qstr_esc, self.qstr_id = text, name, f"MP_QSTR_{name}"

    tool.QStrType.__init__ = init


def number(value: float) -> str:
    """A C constant that is exactly `value`."""
    if math.isnan(value):
        return '__builtin_nan("")'
    if math.isinf(value):
        return f"{'-' if value < 0 else ''}__builtin_inf()"
    return value.hex()


def better_constants(tool: ModuleType) -> None:
    """Let mpy-tool freeze floats exactly: it writes 16 digits, and cannot beyond float32. An int is
    small where it is for the image, and not for the least machine that MicroPython runs on. What
    stands for a boot argument is its row of the image's table."""
    tool.mp_small_int_fits = SMALL_INTS.__contains__
    freeze = tool.CompiledModule.freeze_constant_obj

    def freeze_constant_obj(self: object, name: str, value: object) -> str:
        if isinstance(value, float):
            kind, digits = "float", number(value)
        elif isinstance(value, complex):
            kind, digits = "complex", f"{number(value.real)}, {number(value.imag)}"
        elif isinstance(value, bytes) and value.startswith(ARGUMENT):
            sys.stdout.write('#include "port/args.h"\n')
            return f"MP_ROM_PTR(&mirage_arguments[{int(value[len(ARGUMENT) :])}])"
        else:
            return str(freeze(self, name, value))
        sys.stdout.write(
            f"static const mp_obj_{kind}_t {name} = {{{{&mp_type_{kind}}}, {digits}}};\n"
        )
        return f"MP_ROM_PTR(&{name})"

    tool.CompiledModule.freeze_constant_obj = freeze_constant_obj


def hashes_of_names(tool: ModuleType) -> None:
    """Let mpy-tool freeze no hash, which is 0, of what is longer than any name: it takes minutes
    for that of a large file, and an image computes it where it is asked for."""
    compute = tool.qstrutil.compute_hash
    longest = 256**tool.config.MICROPY_QSTR_BYTES_IN_LEN

    def compute_hash(text: bytes, size: int) -> int:
        return int(compute(text, size)) if len(text) < longest else 0

    tool.qstrutil.compute_hash = compute_hash


def lone_surrogates(tool: ModuleType) -> None:
    """Let mpy-tool freeze strings that hold halves of surrogate pairs."""
    tool.str_cons = lambda data, *_: str(data, "utf-8", "surrogatepass")
    tool.bytes_cons = lambda data, *_: (
        data.encode("utf-8", "surrogatepass") if isinstance(data, str) else bytes(data)
    )


def plain_names(tool: ModuleType) -> None:
    """Let mpy-tool freeze modules whose names are no identifiers (`unicode17-0-0`)."""

    def plain(name: str) -> str:
        return re.sub(r"\W", lambda one: f"_x{ord(one[0]):x}_", name)

    begin, begin_code = tool.CompiledModule.__init__, tool.RawCode.__init__

    def init(self: Any, *args: Any, **named: Any) -> None:
        begin(self, *args, **named)
        self.escaped_name = plain(self.escaped_name)

    def init_code(self: object, parent_name: str, *args: object) -> None:
        begin_code(self, plain(parent_name), *args)

    tool.CompiledModule.__init__, tool.RawCode.__init__ = init, init_code


def short_code(tool: ModuleType) -> None:
    """Let mpy-tool write bytecode as strings: a compiler reads those many times faster than a list
    of numbers with what each means, and most of an image's C is bytecode. Nor does it write what
    only interpreters have that save code or trace it, as none of ours does (INTERPRETER)."""

    def freeze(self: Any) -> None:
        name, write = self.escaped_name, sys.stdout.write
        write(f"static const byte fun_data_{name}[{len(self.fun_data)}] ")
        write(f"__attribute__((aligned(1))) = {literal(self.fun_data)};\n")
        self.freeze_children()
        if not self.children:
            write(f"#define proto_fun_{name} fun_data_{name}[0]\n")
            return
        generates = bool(self.scope_flags & tool.MP_SCOPE_FLAG_GENERATOR)
        write(
            f"static const mp_raw_code_truncated_t proto_fun_{name} = {{"
            ".proto_fun_indicator = {MP_PROTO_FUN_INDICATOR_RAW_CODE_0, "
            "MP_PROTO_FUN_INDICATOR_RAW_CODE_1}, .kind = MP_CODE_BYTECODE, "
            f".is_generator = {generates:d}, .fun_data = fun_data_{name}, "
            f".children = (void *)&children_{name}}};\n"
        )

    tool.RawCodeBytecode.freeze = freeze


def literal(data: bytes) -> str:
    """Bytes as a C string."""
    return '"' + "".join(map(ESCAPED.__getitem__, data)) + '"'


def find_strings(tool: ModuleType) -> None:
    """Let mpy-tool look strings up in a table: it goes through all of them for each function."""
    listed = tool.GlobalQStrList
    begin, add = listed.__init__, listed.add

    def init(self: Any) -> None:
        begin(self)
        self.found = {one.str: one for one in self.qstrs if one}

    def add_found(self: Any, text: str) -> object:
        return self.found.setdefault(text, add(self, text))

    listed.__init__, listed.add = init, add_found
    listed.find_by_str = lambda self, text: self.found.get(text)


def symbols(tool: ModuleType, strings: list[str]) -> str:
    """C that defines the symbol of each string. The function is only a place for the directives."""
    if not strings:
        return ""
    names = {one.str: one.qstr_esc for one in tool.global_qstrs.qstrs if one}
    lines = [DEFINE.format(tool.qstrutil.qstr_escape(one), names[one]) for one in strings]
    return "\n".join(
        ["", "__attribute__((used)) static void native_strings(void)", "{", *lines, "}", ""]
    )


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("tree", type=Path)
    parser.add_argument("qstrdefs", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--strings", type=Path, action="append", default=[])
    parser.add_argument("mpy", nargs="+")
    args = parser.parse_args()

    if hasattr(sys, "set_int_max_str_digits"):
        sys.set_int_max_str_digits(0)  # a constant may have any number of digits
    tool = load(args.tree)
    runtime = configure(tool, args.qstrdefs)
    better_constants(tool)
    hashes_of_names(tool)
    lone_surrogates(tool)
    plain_names(tool)
    find_strings(tool)
    short_code(tool)
    tool.global_qstrs = tool.GlobalQStrList()
    strings = sorted({s for path in args.strings for s in json.loads(path.read_text())["strings"]})
    for string in strings:
        tool.global_qstrs.add(string)
    modules = [tool.read_mpy(path) for path in args.mpy]
    frozen = io.StringIO()
    with contextlib.redirect_stdout(frozen):
        tool.freeze_mpy(runtime, modules)
    text = INTERPRETER + frozen.getvalue() + symbols(tool, strings)
    args.output.write_text(text, encoding="utf-8", errors="backslashreplace")


if __name__ == "__main__":
    main()
