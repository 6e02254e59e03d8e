"""The table of boot arguments, in C: `arguments.c` of the image's project. The guest parses the
command line by it (runtime_c/port/args.h), and `--help` prints a text that is made here."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from mirage_py.graph.common_arguments import FIRST, FIXED, HELP, IGNORED, AnyArgument
from mirage_py.support.literals import c_string
from mirage_py.workspace.help import help_text, spelled

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


SOURCE = """\
/* Written by mirage-py. */
#include "port/args.h"

{lists}
const struct mirage_argument mirage_arguments[] = {{
{rows}}};
const unsigned mirage_arguments_count = sizeof(mirage_arguments) / sizeof(mirage_arguments[0]);
#ifdef MIRAGE_NO_ARGV
const bool mirage_arguments_read = false;
#else
const bool mirage_arguments_read = true;
#endif
const bool mirage_arguments_declared = {some};
const char mirage_arguments_program[] = {program};
const char mirage_arguments_help[] =
{help};
"""
ROW = "    {{ {} }},\n"


def arguments_source(program: str, declared: Sequence[AnyArgument], *, asked: bool = True) -> str:
    """The C of the table: what every image takes, what `declared` adds, and what it takes no notice
    of. `asked` tells whether the start code asks for any."""
    taken = {one.name for one in declared}
    unseen = [one for one in IGNORED if one.name not in taken]
    first = [replace(one, default=program) if one.name == "--name" else one for one in FIRST]
    lists: list[str] = []
    rows = [row(one, lists) for one in (*first[:FIXED], *declared, *first[FIXED:], HELP, *unseen)]
    text = help_text(program, [*declared, *first, HELP])
    return SOURCE.format(
        lists="".join(lists),
        rows="".join(rows),
        some=str(asked).lower(),
        program=c_string(program),
        help="\n".join(f"    {c_string(line)}" for line in text.splitlines(keepends=True)),
    )


def row_numbers(declared: Sequence[AnyArgument]) -> dict[str, int]:
    """Where in the table the arguments of that name stand."""
    return {one.name: FIXED + number for number, one in enumerate(declared)}


def row(argument: AnyArgument, lists: list[str]) -> str:
    """The argument's entry; what it refers to is put into `lists`."""
    default = argument.default
    absent = [] if default is None else default if argument.repeated else [default]
    fields = [
        "&mirage_args_type",
        c_string(argument.name[2:]),
        c_list(absent, lists),
        c_list(argument.choices, lists),
        f"'{argument.short[1]}'" if argument.short else "0",
        f"MIRAGE_ARGS_{argument.kind.upper()}",
        str(argument.required).lower(),
        str(argument.repeated).lower(),
    ]
    return ROW.format(", ".join(fields))


def c_list(values: Iterable[Any], lists: list[str]) -> str:
    """The name of a list of these values in C, which is put into `lists`; NULL for none."""
    texts = [c_string(spelled(value)) for value in values]
    if not texts:
        return "NULL"
    name = f"list_{len(lists)}"
    lists.append(f"static const char *const {name}[] = {{ {', '.join(texts)}, NULL }};\n")
    return name
