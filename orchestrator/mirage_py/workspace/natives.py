"""The user's native modules and C sources in an image's project: Cython to C, C to a library."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mirage_py.graph.additions import COMPILED
from mirage_py.workspace.quote import quoted

if TYPE_CHECKING:
    from pathlib import Path

    from mirage_py.graph.model import Graph, Native
    from mirage_py.workspace.libraries import Flags

TARGETS = """\
natives = []
native_headers = []
native_strings = []
foreach name, about : {{
{sources}
}}
  made = custom_target('native-' + name, input: about[0], depend_files: [{interfaces}],
    output: [name + '.c', name + '.h', name + '_module.c', name + '.json'],
    command: [python3, '-m', 'mirage_py.cython', '@INPUT@', '--mode', 'module', '--name', name,
              about[1], '-o', '@OUTPUT0@', '--header', '@OUTPUT1@', '--wrapper', '@OUTPUT2@',
              '--strings', '@OUTPUT3@', {include}'-I', runtime / 'src' / 'bindings'])
  natives += made[2]
  native_headers += made[1]
  native_strings += ['--strings', made[3]]
endforeach
"""

LIBRARY = """\
# Of the user's C, warnings are shown; of Cython's, there is nothing to say.
library_args = [{flags}]
native = [{libraries}]
# What is machine code already.
given = [{given}]
"""
CYTHON = """static_library('natives', natives, native_headers, 'natives.c',
  c_args: c_args + library_args + [{include}'-I' + source / 'cython', '-O3',
    '-fno-strict-aliasing', '-Werror=overflow', '-Werror=shift-count-overflow'])"""
OWN = """static_library('c-sources', {files}{headers},
  c_args: c_args + library_args + [{include}'-O3', '-Wall', '-Wextra'])"""

WRAP = "'-Wl,--wrap=gc_collect_end', "
ROOTS = """\
/* Written by mirage-py. What native modules keep in global variables is marked last. */
#include "py/gc.h"
#include "cython/mirage_cython_mp.h"

{declarations}
static const struct mirage_cython_roots *const modules[] = {{{names}}};

void __real_gc_collect_end(void);
void __wrap_gc_collect_end(void);
void __wrap_gc_collect_end(void)
{{
    for (size_t module = 0; module < sizeof modules / sizeof *modules; module++) {{
        for (const struct mirage_cython_roots *each = modules[module]; each->first; each++) {{
            gc_collect_root(each->first, each->count);
        }}
    }}
    __real_gc_collect_end();
}}
"""


def roots_source(graph: Graph) -> str:
    """C that lets the collector mark what global variables of native modules hold: it takes the
    place of the call that ends a collection."""
    # As mirage_py.cython.strings spells the name of a module below a package.
    names = [f"mirage_roots_{one.name.replace('.', '_dot_')}" for one in graph.natives]
    return ROOTS.format(
        declarations="\n".join(
            f"extern const struct mirage_cython_roots {one}[];" for one in names
        ),
        names=", ".join(names),
    )


def folders(graph: Graph) -> list[Path]:
    """The folders that hold native code: where its .pxd files and headers are."""
    found = [folder for one in graph.natives for folder in (one.root, one.path.parent)]
    found += [one.path.parent for one in graph.c_sources]
    return list(dict.fromkeys([graph.config.root, *found]))


def native_targets(graph: Graph) -> str:
    """How each .pyx becomes C. Any .pxd beside them may be part of any."""
    if not graph.natives:
        return ""
    interfaces = sorted({path for one in folders(graph) for path in one.glob("*.pxd")})
    return TARGETS.format(
        sources=",\n".join(row(one) for one in graph.natives),
        interfaces=", ".join(quoted(path) for path in interfaces),
        include="".join(f"'-I', {quoted(folder)}, " for folder in roots(graph)),
    )


def row(one: Native) -> str:
    """A native module's source, and the options of its compilation."""
    uses = ", ".join(f"'--uses', {quoted(name)}" for name in one.uses)
    return f"  {quoted(one.name)}: [{quoted(one.path)}, [{uses}]]"


def roots(graph: Graph) -> list[Path]:
    """The folders that names in `cimport` start from."""
    return list(dict.fromkeys([graph.config.root, *(one.root for one in graph.natives)]))


def native_library(graph: Graph, flags: Flags) -> str:
    """The libraries of native code that an image is linked with, compiled with `flags`."""
    include = "".join(f"'-I' + {quoted(folder)}, " for folder in folders(graph))
    libraries = [CYTHON.format(include=include)] if graph.natives else []
    given = [one.path for one in graph.c_sources if one.path.suffix in COMPILED]
    sources = [one.path for one in graph.c_sources if one.path.suffix not in COMPILED]
    if sources:
        files = ", ".join(quoted(path) for path in sources)
        headers = ", native_headers" if graph.natives else ""
        libraries.append(OWN.format(files=files, headers=headers, include=include))
    return LIBRARY.format(
        flags=", ".join(quoted(word) for word in flags.compile),
        libraries=", ".join(libraries),
        given=", ".join(quoted(path) for path in given),
    )
