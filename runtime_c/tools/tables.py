"""Write the image's tables of built-in modules: what is not in them is not linked.

    tables.py MODULEDEFS OUTPUT [--all [--without=NAME …]] [--native=NAME …] NAME…

`NAME` is a module that the image imports; it counts if the interpreter has it in C. `--native` is a
module made of a .pyx. `--all` takes every module of the interpreter: code that is compiled inside
the image may import anything, but for those of `--without`, in whose place the image has others.
"""

import argparse
import re
from pathlib import Path

# Modules that the interpreter itself refers to.
ALWAYS = {"__main__", "builtins", "sys"}
TABLE = re.compile(r"#define (MICROPY_REGISTERED_\w+) \\\n((?:    MODULE_DEF_\w+ \\\n)*)")
SOURCE = """\
/* Written by mirage-py. */
#include "py/objmodule.h"
#include "genhdr/moduledefs.h"

{declarations}
static const mp_rom_map_elem_t modules[] = {{
{modules}}};
MP_DEFINE_CONST_MAP(mp_builtin_module_map, modules);

/* Modules that a file of the same name would replace. */
static const mp_rom_map_elem_t extensible[] = {{
{extensible}    {{ NULL, NULL }},
}};
MP_DEFINE_CONST_MAP(mp_builtin_extensible_module_map, extensible);
"""


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("moduledefs", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--all", action="store_true")
    parser.add_argument("--without", action="append", default=[])
    parser.add_argument("--native", action="append", default=[])
    parser.add_argument("names", nargs="*")
    args = parser.parse_args()

    wanted = {f"MODULE_DEF_{name.upper()}" for name in ALWAYS | set(args.names)}
    replaced = {f"MODULE_DEF_{name.upper()}" for name in args.without}
    tables = {
        name: [
            entry
            for entry in re.findall(r"MODULE_DEF_\w+", body)
            if entry in wanted or (args.all and entry not in replaced)
        ]
        for name, body in TABLE.findall(args.moduledefs.read_text())
    }
    # As mirage_py.cython.strings spells the names of a module below a package.
    symbols = [name.replace(".", "_dot_") for name in args.native]
    natives = [
        f"    {{ (mp_rom_obj_t)mirage_qstr_{name}, MP_ROM_PTR(&mirage_module_{name}) }},\n"
        for name in symbols
    ]
    declarations = "".join(
        f"extern const char mirage_qstr_{name}[];\n"
        f"extern const mp_obj_module_t mirage_module_{name};\n"
        for name in symbols
    )
    args.output.write_text(
        SOURCE.format(
            declarations=declarations,
            modules="".join(
                [f"    {entry}\n" for entry in tables["MICROPY_REGISTERED_MODULES"]] + natives
            ),
            extensible="".join(
                f"    {entry}\n" for entry in tables["MICROPY_REGISTERED_EXTENSIBLE_MODULES"]
            ),
        )
    )


if __name__ == "__main__":
    main()
