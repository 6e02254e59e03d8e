"""The image's Meson project: freeze the user's code, compile what is the image's own, link."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from mirage_py.catalog import share
from mirage_py.graph.library import Closure
from mirage_py.workspace.additions import sources
from mirage_py.workspace.libraries import flags
from mirage_py.workspace.natives import WRAP, native_library, native_targets
from mirage_py.workspace.quote import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from mirage_py.catalog import Target
    from mirage_py.graph.model import Graph, Module
    from mirage_py.workspace.model import Runtime

HEAD = """\
# Written by mirage-py. `meson compile -C build` in this folder builds the image by hand.
project({name}, 'c', meson_version: '>=1.4', default_options: ['buildtype=plain'])
python3 = find_program('python3')
runtime = {runtime}
interpreter = runtime / 'src' / 'subprojects' / 'micropython'
mpy_cross = runtime / 'build' / 'subprojects' / 'micropython' / 'mpy-cross'
headers = runtime / 'build' / 'genhdr'

bytecode = []
foreach name, source : {{
{modules}
}}
  bytecode += custom_target(name.replace('/', '.') + '.mpy', input: source,
    output: name.replace('/', '.') + '.mpy',
    command: [mpy_cross, '-X', 'heapsize=64m', '-s', name, '-o', '@OUTPUT@', '@INPUT@'])
endforeach
{natives}frozen = custom_target('frozen', input: bytecode, output: 'frozen.c',
  command: [python3, runtime / 'src' / 'tools' / 'freeze.py', interpreter,
            headers / 'qstrdefs.preprocessed.h', '@OUTPUT@', {strings}{native_strings}'@INPUT@'])
tables = custom_target('tables', output: 'tables.c',
  command: [python3, runtime / 'src' / 'tools' / 'tables.py', headers / 'moduledefs.h', '@OUTPUT@',
            {imports}])

embedded = []
foreach number, folder : {{
{embedded}
}}
  embedded += custom_target('embedded-' + number, output: ['embedded-' + number + '.pack',
      'embedded-' + number + '.S'], depfile: 'embedded-' + number + '.d',
    command: [python3, runtime / 'src' / 'tools' / 'embed.py', folder, number, '@OUTDIR@'{clamp}])
endforeach

source = runtime / 'src'
c_args = ['-DNDEBUG', '-DMIRAGE_COMPILER={compiler:d}', '-DMIRAGE_VFS={vfs:d}',
  '-Wno-unused-parameter', '-I' + source, '-I' + source / 'port',
  '-I' + source / 'include', '-I' + source / 'libc' / 'include',
  '-I' + runtime / 'build', '-I' + interpreter]
archives = [{archives}]
{native_library}
# A path after a comma would end at a comma of its own; the linker runs in the build's folder.
link_args = [{wrap}'-Wl,-Map,image.map',
  '-Wl,--start-group', archives, given, {libraries}'-Wl,--end-group']
{additions}
"""

LINK = """
executable({file}, frozen, tables, embedded, sources, 'image.c', 'arguments.c', 'manifest.c',
  {sources},
  c_args: c_args, link_with: native,
  link_args: meson.get_external_property('guest_link_args') + [
    '-T', {script}, '-L' + {script_folder}] + link_args,
  link_depends: [{script}, archives, given])
"""

LINK_SANITIZED = """
# A program of the host, whose C library comes last: the archives need it.
executable({file}, frozen, tables, embedded, sources, 'image.c', 'arguments.c', 'manifest.c',
  {sources},
  c_args: c_args, link_with: native,
  link_args: link_args + meson.get_external_property('guest_link_args'),
  link_depends: [archives, given])
"""

LINK_SYSTEM = """
# Official Solo5 keeps what starts an image in sections that --gc-sections would drop: what is not
# used is left out of our part alone.
whole = executable('whole.o', frozen, tables, embedded, sources, 'image.c', 'arguments.c',
  c_args: c_args, link_with: native,
  link_args: ['-r', '-nostdlib', '-Wl,--gc-sections', '-Wl,-e,solo5_app_main',
    '-T', {merge}] + link_args,
  link_depends: [{merge}, archives, given])
custom_target({file}, input: [whole, 'manifest.c'], output: {file}, build_by_default: true,
  depend_files: {solo5},
  command: [{solo5}, '-z', 'solo5-abi={abi}', '@INPUT@', '-o', '@OUTPUT@'])
"""

LIBC = "libc.a"


def image_project(
    graph: Graph,
    runtime: Runtime,
    modules: tuple[Module, ...],
    closure: Closure,
    spelled: tuple[str, ...],
    replaced: frozenset[str],
) -> str:
    """The text of the image's meson.build. `spelled` are the drivers whose strings are interned,
    `replaced` the interpreter's modules in whose place the image has others."""
    features, libraries = graph.config.features, flags(graph)
    strings = [
        f"'--strings', runtime / 'build' / 'bindings' / '{name[1:]}.json', " for name in spelled
    ]
    wanted = [f"'{name}'" for name in closure.others]
    own = [one.name for one in graph.natives if one.imported]
    natives = [f"'--native={name}'" for name in (*closure.natives, *own)]
    everything = []
    if "compiler" in features:
        everything = [
            "'--all'",
            *(f"'--without={name}'" for name in sorted(replaced) if "." not in name),
        ]
    target = graph.target
    # The sanitizers watch the functions of the host's C library.
    clamp = os.environ.get("SOURCE_DATE_EPOCH", "")
    archives = sorted(path.name for path in runtime.build.glob("*.a"))
    if target.sanitized:
        archives.remove(LIBC)
    return (HEAD + link_of(target)).format(
        name=quoted(graph.config.name),
        runtime=quoted(runtime.folder),
        modules=",\n".join(
            f"  {quoted(file_name(module, modules))}: {quoted(module.path)}" for module in modules
        ),
        strings="".join(strings),
        native_strings="native_strings, " if graph.natives else "",
        natives=native_targets(graph),
        wrap=WRAP if graph.natives else "",
        native_library=native_library(graph, libraries),
        libraries="".join(f"{quoted(word)}, " for word in libraries.link),
        embedded=",\n".join(
            f"  '{number}': {quoted(one.path)}" for number, one in enumerate(graph.embedded)
        ),
        clamp=f", {quoted(clamp)}" if clamp else "",
        additions=sources(graph.additions),
        imports=", ".join([*wanted, *everything, *natives]),
        file=quoted(f"{graph.config.name}.elf"),
        sources=", ".join(quoted(path) for path in target.sources),
        script=quoted(target.link_script),
        script_folder=quoted(target.link_script.parent),
        merge=quoted(share() / "targets" / "common" / "relocatable.ld"),
        solo5=quoted(target.solo5),
        abi=target.abi,
        compiler="compiler" in features,
        vfs="vfs" in features,
        archives=", ".join(f"runtime / 'build' / '{name}'" for name in archives),
    )


def link_of(target: Target) -> str:
    """How images of `target` are linked."""
    if target.solo5:
        return LINK_SYSTEM
    return LINK_SANITIZED if target.sanitized else LINK


def file_name(module: Module, modules: Iterable[Module]) -> str:
    """What a traceback calls a module's file: `unikernel.py`, `mirage/http/__init__.py`. One of
    ours that has no other below it is `mirage/log.py`, which takes fewer steps to import."""
    path: Path = module.path
    name = module.name.replace(".", "/")
    alone = name.startswith("mirage/") and not any(
        one.name.startswith(f"{module.name}.") for one in modules
    )
    return f"{name}/__init__.py" if path.name == "__init__.py" and not alone else f"{name}.py"
