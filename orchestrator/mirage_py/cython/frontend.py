"""From a .pyx to Cython's analysed tree: Cython's own pipeline with our transforms, stopped before
it would write C for CPython."""

from __future__ import annotations

import enum
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mirage_py.catalog.share import share
from mirage_py.cython.check import Check
from mirage_py.cython.diagnostics import Recorder, report
from mirage_py.cython.initialise import ModuleBody, module_body
from mirage_py.cython.internals import Main, Options, Pipeline, Scanning
from mirage_py.cython.objects import Objects
from mirage_py.cython.recursion import check_recursion
from mirage_py.cython.signature import Function, Kind, Value, signature
from mirage_py.cython.state import Constant, enum_constants, module_roots
from mirage_py.cython.transforms import ExportTransform, RaiseTransform

if TYPE_CHECKING:
    from collections.abc import Sequence

# Stages that exist for CPython only: classes of memoryview and enum objects, code generation, and
# the implicit taking of a lock that does not exist here.
_CPYTHON_STAGES = {
    "InjectGilHandling",
    "generate_pyx_code_stage",
    "inject_utility_code_stage",
    "inject_utility_pxd_code_stage",
}


class Mode(enum.Enum):
    """A part of the system, with C's arithmetic, or a user's module, with Python's."""

    DRIVER = "driver"
    MODULE = "module"


@dataclass(frozen=True)
class Analysed:
    """A .pyx that passed every check. `tree` and `options` are Cython's; `functions` are those that
    Python sees, `body` what stands at module level."""

    name: str
    mode: Mode
    tree: Any
    options: Any
    functions: tuple[Function, ...]
    body: ModuleBody
    constants: tuple[Constant, ...] = ()
    roots: tuple[str, ...] = ()
    """Global variables that may hold objects, by their C names."""

    @property
    def file(self) -> str:
        """What tracebacks call the source: `pkg/sub/mod.pyx`."""
        return f"{self.name.replace('.', '/')}.pyx"


class _Context(Main.Context):  # type: ignore[misc]
    """Cython's compilation context, with `raise` and `assert` of inline .pxd functions transformed
    as in the .pyx. What the .pxd of module `compiled` has for Python is remembered."""

    compiled: str
    own: ExportTransform

    def process_pxd(self, source_desc: Any, scope: Any, module_name: str) -> Any:
        stages = Pipeline.create_pxd_pipeline(self, scope, module_name)
        found = ExportTransform()
        made = Pipeline.run_pipeline(_adapted(stages, found, RaiseTransform()), source_desc)
        if module_name == self.compiled:
            self.own = found
        return made


def analyse(
    source: Path, mode: Mode, include: Sequence[Path], recorder: Recorder, name: str
) -> Analysed:
    """The analysed tree of `source`, the module `name`. Raises CythonError with the mistakes of the
    earliest stage that found any."""
    path = source.resolve()
    beside = path.parents[name.count(".")]
    include = [beside, *include, share() / "runtime_c" / "cython"]
    options = Main.CompilationOptions(
        Options.default_options,
        compiler_directives=_directives(mode),
        emit_linenums=True,
        include_path=[str(folder.resolve()) for folder in include],
    )
    context = _Context.from_options(options)
    context.compiled, context.own = name, ExportTransform()
    descriptor = Scanning.FileSourceDescriptor(str(path))
    if not (source.stem.isidentifier() and source.stem.isascii()):
        report((descriptor, 1, 0), f"the module's name, `{source.stem}`, is not an identifier")
    recorder.stop_on_errors()
    compilation = Main.CompilationSource(descriptor, name, str(Path.cwd()))
    result = Main.create_default_resultobj(compilation, options)
    export = ExportTransform()
    stages = Pipeline.create_pyx_pipeline(context, options, result)
    failure, tree = Pipeline.run_pipeline(_adapted(stages, export, RaiseTransform()), compilation)
    if failure is not None:
        recorder.add_uncounted(failure)
    recorder.stop_on_errors()
    if failure is not None:
        raise failure
    Check(mode is Mode.DRIVER).visit(tree)
    if mode is Mode.MODULE:
        Objects().visit(tree)
    recorder.stop_on_errors()
    functions, body = _exported(export.defined, mode), _module_body(tree, mode)
    _check_bodies([*context.own.declared, *export.declared], export.defined)
    recorder.stop_on_errors()
    if mode is Mode.MODULE:
        check_recursion(tree, export.defined)
    enums = [*context.own.enums, *export.enums]
    constants, roots = enum_constants(enums), module_roots(tree.scope)
    return Analysed(name, mode, tree, options, functions, body, constants, roots)


def _exported(nodes: list[Any], mode: Mode) -> tuple[Function, ...]:
    """The signatures of the `cpdef` functions, which the wrapper will call. A user's may return a
    variable that nothing was assigned to."""
    for node in nodes:
        node.entry.used = True
    found = [one for node in nodes if (one := signature(node))]
    if mode is Mode.DRIVER:
        return tuple(found)
    maybe = Value(Kind.OBJECT_OR_NULL, "mp_obj_t")
    return tuple(
        replace(one, result=maybe) if one.result.kind is Kind.OBJECT else one for one in found
    )


def _check_bodies(declared: Sequence[Any], defined: Sequence[Any]) -> None:
    """What is said to be `cpdef`, by the .pxd or of C's own, must have a body in the .pyx."""
    names = {one.entry.name for one in defined}
    for one in declared:
        if one.base.name not in names:
            name = f"cpdef {one.base.name}()"
            report(one.pos, f"{name} has no body in the .pyx: define it there as `cpdef`")


def _module_body(tree: Any, mode: Mode) -> ModuleBody:
    body = module_body(tree)
    if mode is Mode.DRIVER:
        for node in body.statements:
            report(node.pos, "a driver runs nothing at module level: only constants are assigned")
    return body


def _adapted(stages: list[Any], *transforms: Any) -> list[Any]:
    """Cython's stages without those for CPython, and with ours before PostParse."""
    kept: list[Any] = []
    for stage in stages:
        name = getattr(stage, "__name__", type(stage).__name__)
        if name == "PostParse":
            kept += transforms
        if name not in _CPYTHON_STAGES:
            kept.append(stage)
    return kept


def _directives(mode: Mode) -> dict[str, Any]:
    """Cython's directives. A driver has C's division and no negative indices; a module has
    Python's, and checks both."""
    driver = mode is Mode.DRIVER
    return {
        "language_level": "3",
        "cdivision": driver,
        "wraparound": not driver,
        "boundscheck": True,
        # An argument's buffer is never unset, and a local one is empty until it is assigned.
        "initializedcheck": False,
        "nonecheck": False,
        "binding": False,
        "embedsignature": False,
        "emit_code_comments": False,
        # Would add a module-level Python dictionary.
        "autotestdict": False,
    }
