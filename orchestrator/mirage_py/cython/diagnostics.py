"""What is wrong with a .pyx: Cython's own errors and ours, collected as data instead of printed."""

from __future__ import annotations

import contextlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mirage_py.catalog.share import share
from mirage_py.cython.internals import Errors
from mirage_py.support.errors import MirageError, Position
from mirage_py.support.near import near

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator


NO_OBJECT = (
    "this is no object to C: mpy.pxd makes objects (`mp_obj_new_int(n)`, "
    "`mp_obj_new_str(text, n)`), and `None` is `mp_const_none`"
)
ONLY_WHICH = "C knows only which object this is: compare it with another, or with `mp_const_none`"
OPAQUE = (
    "C knows nothing of what an object has: take its value (`mp_obj_get_int(x)`, mpy.pxd), take a "
    "buffer in its place, or call a function that is given (`mp_call_function_1(f, x)`)"
)
NUMBERS = ("int", "long", "unsigned int", "unsigned long", "Py_ssize_t", "size_t", "double")
OPERATORS = ("+", "-", "*", "/", "//", "%", "**", "&", "|", "^", "<<", ">>")
OF_OBJECTS = {
    "Cannot assign None to mp_obj_t": NO_OBJECT,
    "Cannot convert Python object to 'mp_obj_t'": NO_OBJECT,
    **{f"Cannot assign type '{one}' to 'mp_obj_t'": NO_OBJECT for one in NUMBERS},
    **{f"Invalid types for '{one}' (mp_obj_t": ONLY_WHICH for one in ("is", "is_not", "==", "!=")},
    "Cannot convert 'mp_obj_t' to Python object": OPAQUE,
    "Cannot assign type 'mp_obj_t' (alias of 'void *') to": OPAQUE,
    "Cannot assign type 'void' to 'mp_obj_t'": OPAQUE,
    "Calling non-function type 'void'": OPAQUE,
    "Object of type 'void' has no attribute": OPAQUE,
    **{f"Invalid operand types for '{one}' (mp_obj_t; mp_obj_t": OPAQUE for one in OPERATORS},
}
IN_OTHER_WORDS = {
    **OF_OBJECTS,
    "undeclared name not builtin: ": "`{}` is not declared: give it a type "
    "(`cdef int {}`), take it as a typed argument, or `cimport` it",
    "Cdef functions cannot take arbitrary decorators": "decorators of Python's are not available "
    "in a guest module: decorate a function of Python that calls this one",
    "Trying to acquire the GIL": "a guest has one thread and no GIL: remove `with gil`",
    "'yield' not supported here": "generators are not available in a guest module: fill a buffer, "
    "or call a function that is given (`mp_obj_t`, mpy.pxd)",
    "Expected ')', found '*": "a function with C types takes parameters one by one: no `*`, and "
    "none by name only",
}
"""What Cython says, by its beginning, where it does not know what a guest module can have; `{}` is
what follows it."""


NOT_FOUND = re.compile(r"'([\w/]+)\.pxd' not found")


def not_found(name: str, *more: str) -> str:
    """What is said of a .pxd that is not there: of a module, or of a name of one."""
    if not more:
        return (
            f"there is no {name}.pxd: `cimport` takes what native modules of the project and of "
            "its packages declare, drivers, `mpy`, and `libc`"
        )
    *between, last = more
    where = ".".join((name, *between))
    meant = near(last, MPY_NAMES.findall(mpy())) if where == "mpy" else None
    return f"`{where}` has no `{last}`" + (f": did you mean `{meant}`?" if meant else "")


def mpy() -> str:
    """What images have of MicroPython's functions."""
    return (share() / "runtime_c" / "cython" / "mpy.pxd").read_text(encoding="utf-8")


MPY_NAMES = re.compile(r"\b(mp_\w+)\b")


@dataclass(frozen=True, order=True)
class Diagnostic:
    """One mistake, shown as compilers show it: `file.pyx:line:col: message`."""

    file: str
    line: int
    column: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}: {self.message}"


class CythonError(MirageError):
    """A .pyx that cannot be compiled for the guest, with every mistake found in it."""

    def __init__(self, diagnostics: list[Diagnostic]) -> None:
        first = diagnostics[0]
        more = f" (and {len(diagnostics) - 1} more)" if len(diagnostics) > 1 else ""
        super().__init__(
            f"{first.message}{more}",
            position=Position(first.file, first.line, _source_line(first)),
        )
        self.diagnostics = diagnostics


class Recorder(list[Any]):
    """The list that Cython appends errors to while they are held; it still counts them, because
    stages of the pipeline stop when the count is not zero."""

    def __init__(self) -> None:
        super().__init__()
        self.warnings: list[str] = []

    def append(self, error: Any) -> None:
        if not error.reported:
            error.reported = True
            super().append(error)
            Errors.threadlocal.cython_errors_count += 1

    def write(self, line: str) -> None:
        """Cython's listing file: what is not an error arrives here as text."""
        self.warnings += [part for part in line.splitlines() if part.startswith("warning: ")]

    def add_uncounted(self, error: Any) -> None:
        """An error that ended the pipeline, which Cython does not pass to the list."""
        if error not in self and getattr(error, "position", None):
            super().append(error)

    def stop_on_errors(self) -> None:
        """Raises CythonError if there are any errors so far."""
        if self:
            names = [NOT_FOUND.fullmatch(_message(one)) for one in self]
            lost = {name[1] for name in names if name}
            first = [one for one in self if not _follows(_message(one), lost)]
            raise CythonError(sorted({_diagnostic(error) for error in first}))


@contextlib.contextmanager
def recording() -> Iterator[Recorder]:
    """Collects Cython's errors and warnings for the duration; raises CythonError if there were
    errors."""
    recorder = Recorder()
    Errors.init_thread()
    Errors.threadlocal.cython_errors_stack.append(recorder)
    Errors.threadlocal.cython_errors_listing_file = recorder
    try:
        yield recorder
        recorder.stop_on_errors()
    finally:
        Errors.init_thread()


def report(position: Any, message: str) -> None:
    """Adds a mistake of ours at a position of Cython's."""
    Errors.error(position, message)


def _message(error: Any) -> str:
    return str(getattr(error, "message_only", ""))


def _follows(message: str, lost: Collection[str]) -> bool:
    """Whether a name is not found only because its module is not."""
    name = NOT_FOUND.fullmatch(message)
    return name is not None and name[1].rpartition("/")[0] in lost


def _diagnostic(error: Any) -> Diagnostic:
    source, line, column = error.position
    if type(error).__name__ == "CompilerCrash":
        _, stage, _, cause, _ = error.args
        message = f"Cython failed here, in {stage}: {type(cause).__name__}: {cause}"
    else:
        message = error.message_only
        begin = next((one for one in IN_OTHER_WORDS if message.startswith(one)), None)
        if lost := NOT_FOUND.fullmatch(message):
            message = not_found(*lost[1].split("/"))
        elif begin:
            message = IN_OTHER_WORDS[begin].replace("{}", message.removeprefix(begin))
    return Diagnostic(_shown(source.filename), line, column, " ".join(message.split()))


def _shown(filename: str) -> str:
    """The path as a person would type it here: relative when it lies below this directory."""
    path = Path(filename)
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else filename


def _source_line(diagnostic: Diagnostic) -> str:
    try:
        return Path(diagnostic.file).read_text().splitlines()[diagnostic.line - 1].strip()
    except (OSError, IndexError, UnicodeDecodeError):
        return ""
