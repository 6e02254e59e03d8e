"""The link scripts refuse, with a sentence, what would make an image that breaks the contract."""

from __future__ import annotations

from pathlib import Path

import pytest

from mirage_py import catalog
from tests.support.programs import ROOT, build_image

HELLO = """
#include "solo5.h"
int solo5_app_main(const struct solo5_start_info *info)
{
    (void)info;
    return 0;
}
"""
SECOND_NOTE = 'const int more __attribute__((section(".note.solo5.{}"), used)) = 1;'
THROUGH_GOT = """
extern int undefined __attribute__((weak));
__attribute__((used)) long get(void)
{
    long at;
    __asm__("pushq undefined@GOTPCREL(%%rip); popq %0" : "=r"(at));
    return at;
}
"""
INDIRECT_FUNCTION = """
static int one(void) { return 1; }
static int (*resolve(void))(void) { return one; }
int chosen(void) __attribute__((ifunc("resolve")));
__attribute__((used)) int call(void) { return chosen(); }
"""
WIDE_ALIGNMENT = """
__thread volatile char wide[64] __attribute__((aligned(64)));
__attribute__((used)) int touch(void) { return wide[0]; }
"""
MISTAKES = {
    "in no section that the script knows": (
        'int stray __attribute__((section(".stray"), used)) = 1;',
        r"orphan section `\.stray'",
    ),
    "a second ABI note": (
        SECOND_NOTE.format("abi"),
        "the ABI note is missing or not alone",
    ),
    "a second OpenBSD note": (
        SECOND_NOTE.format("not_openbsd"),
        "the not-OpenBSD note is missing or not alone",
    ),
    "through the global offset table": (
        THROUGH_GOT,
        "position-independent code: it refers to .got",
    ),
    "an indirect function": (
        INDIRECT_FUNCTION,
        "an ifunc, or position-independent code|relocations are left over",
    ),
    "a thread's variable of wide alignment": (
        WIDE_ALIGNMENT,
        "a thread's block is aligned to 16 only",
    ),
}


@pytest.mark.parametrize("mistake", MISTAKES)
@pytest.mark.parametrize("target", sorted(catalog.targets(ROOT)))
def test_mistake(target: str, mistake: str, tmp_path: Path) -> None:
    code, message = MISTAKES[mistake]
    source = tmp_path / "mistake.c"
    source.write_text(HELLO + code + "\n", encoding="utf-8")
    flags = ("-Wl,--no-gc-sections", "-Wno-unused", "-fno-toplevel-reorder")
    with pytest.raises(AssertionError, match=message):
        build_image(tmp_path / "image", source, target, *flags)


@pytest.mark.parametrize("target", sorted(catalog.targets(ROOT)))
def test_headers_are_self_contained(target: str, tmp_path: Path) -> None:
    """Each header of targets/include compiles by itself, twice, as C99 code would use it."""
    for header in sorted((ROOT / "targets" / "include").glob("*.h")):
        source = tmp_path / f"{header.stem}.c"
        include = f'#include "{header.name}"\n'
        source.write_text(include * 2 + HELLO, encoding="utf-8")
        build_image(tmp_path / "image", source, target)
