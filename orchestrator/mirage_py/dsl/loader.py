"""The first stage: `load` runs a config.py, in this process, and leaves nothing behind."""

from __future__ import annotations

import io
import re
import sys
import tokenize
import traceback
from contextlib import contextmanager, redirect_stdout
from dataclasses import replace
from pathlib import Path
from types import CodeType, ModuleType
from typing import TYPE_CHECKING

from mirage_py.dsl import guard
from mirage_py.dsl.calls import call_hint
from mirage_py.dsl.errors.choices import COMPUTE
from mirage_py.dsl.errors.loading import (
    Exited,
    InvalidSyntax,
    NoConfig,
    NotRegistered,
    Raised,
    Unreadable,
)
from mirage_py.dsl.near import names, near_name
from mirage_py.dsl.session import Session, is_users, position, running
from mirage_py.dsl.value import Value
from mirage_py.support.errors import MirageError, Position, raise_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from mirage_py.dsl.config import Config


OF_VALUE = re.compile(r"'(Key|Value)'")
"""What Python says of a value that it was to count, or to go through."""


def load(
    path: Path, mistakes: list[MirageError] | None = None, source: str | None = None
) -> Config:
    """The configuration that the file `path` registers, or would with the text `source` in it.

    Raises MirageError for whatever is wrong with it, an exception of the user's included; several
    independent mistakes are raised together, as Mistakes. If there is a list for `mistakes`, those
    that leave a configuration to go on with are added to it, and not raised.
    """
    path = path.resolve()
    session = Session(path, source)
    source = read(path)[0] if source is None else source
    guard.check(path, source)
    with running(session):
        try:
            _execute(compile(source, str(path), "exec", dont_inherit=True), session)
        except MirageError as error:
            session.mistakes.append(error)
        except (Exception, SystemExit) as error:
            session.mistakes.append(_explain(error, path))
    if session.config is None or mistakes is None:
        raise_all(session.mistakes)
    if session.config is None:
        raise NotRegistered(path)
    if mistakes is not None:
        mistakes += session.mistakes
    return replace(session.config, keys=tuple(session.keys))


def read(path: Path) -> tuple[str, str]:
    """The text of config.py, and the encoding that it declares. Raises NoConfig and Unreadable."""
    try:
        data = path.read_bytes()
        encoding, _ = tokenize.detect_encoding(io.BytesIO(data).readline)
        return data.decode(encoding), encoding
    except FileNotFoundError:
        raise NoConfig(path) from None
    except (OSError, SyntaxError, UnicodeDecodeError) as error:
        raise Unreadable(path, str(error)) from None


def _execute(code: CodeType, session: Session) -> None:
    """Run config.py as the module `config`; what it prints is a message, and not our output."""
    module = ModuleType("config")
    module.__file__ = str(session.file)
    with _clean(session.root), redirect_stdout(sys.stderr):
        sys.modules["config"] = module
        exec(code, module.__dict__)  # noqa: S102 - config.py is a program, by design


@contextmanager
def _clean(root: Path) -> Iterator[None]:
    """Let modules beside config.py be imported, and take back all that this changes in Python."""
    path, modules, bytecode = sys.path.copy(), sys.modules.copy(), sys.dont_write_bytecode
    sys.path.insert(0, str(root))
    sys.dont_write_bytecode = True
    try:
        yield
    finally:
        sys.path[:] = path
        sys.dont_write_bytecode = bytecode
        for name, module in list(sys.modules.items()):
            file = getattr(module, "__file__", None)
            if name not in modules and (name == "config" or is_users(Path(file or ""))):
                del sys.modules[name]
        sys.modules.update(modules)
        for place in list(sys.path_importer_cache):
            if root in (Path(place), *Path(place).parents):
                del sys.path_importer_cache[place]


def _explain(error: BaseException, path: Path) -> MirageError:
    """An exception of the user's code as an error: at the innermost line of the user's files."""
    if isinstance(error, SyntaxError) and error.filename and error.lineno:
        return InvalidSyntax(error.msg, position(Path(error.filename), error.lineno))
    frames = [
        (Path(frame.f_code.co_filename), line)
        for frame, line in traceback.walk_tb(error.__traceback__)
    ]
    own = [one for one in frames if is_users(one[0])]
    where = position(*own[-1]) if own else Position(path.name, 1)
    if isinstance(error, SystemExit):
        return Exited(where)
    return Raised(error, where, _hint(error))


def _hint(error: BaseException) -> str | None:
    """What to do about an exception of the user's code, where there is more to say than it does."""
    close = near_name(error)
    if close:
        return f"did you mean `{close}`?"
    if isinstance(error, ModuleNotFoundError):
        return (
            f"config.py runs on this machine, in the environment of mirage-py: install what has "
            f"`{error.name}` there, or put it beside config.py"
        )
    about_value = isinstance(error, AttributeError) and isinstance(error.obj, Value)
    if about_value or (isinstance(error, TypeError) and OF_VALUE.search(str(error))):
        return COMPUTE
    if isinstance(error, TypeError):
        frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
        return call_hint(error, {name: one for at in frames for name, one in names(at).items()})
    if isinstance(error, NameError):
        return "define it, or import it: the names of the eDSL come by `from mirage_py import *`"
    return None
