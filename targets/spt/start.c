/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * start.c: from the tender's jump to the application, and the notes that say what this image is.
 */

#include "elf_abi.h"
#include "spt.h"

#define PAGE_SIZE 0x1000
/* Less than this for heap and stack together is a mistake in --mem, not a choice. */
#define LEAST_HEAP 0x10000

extern const char _stext[], _sdata[], _end[];

const struct spt_boot_info *spt_boot_info;
static struct solo5_start_info start_info;

static void log_layout(void)
{
    guest_log(GUEST_INFO, "spt, memory ends at", " ", spt_boot_info->mem_size);
    guest_log(GUEST_INFO, "  text  at", " ", (uintptr_t)_stext);
    guest_log(GUEST_INFO, "  data  at", " ", (uintptr_t)_sdata);
    guest_log(GUEST_INFO, "  heap  at", " ", start_info.heap_start);
}

/* The heap begins behind what the linker placed, not at the tender's kernel_end, which passes over
 * segments that have no bytes in the file. */
static void find_heap(void)
{
    uintptr_t end = ((uintptr_t)_end + PAGE_SIZE - 1) & ~(uintptr_t)(PAGE_SIZE - 1);

    if (end + LEAST_HEAP > spt_boot_info->mem_size)
        guest_abort("not enough memory for this image: give the tender a larger --mem");
    start_info.heap_start = end;
    start_info.heap_size = spt_boot_info->mem_size - end;
}

/* Entered by a jump, on a stack aligned as for a call. */
__attribute__((noreturn, no_stack_protector)) void _start(const struct spt_boot_info *info)
{
    spt_boot_info = info;
    guest_stack_guard_seed();
    /* The base is still the tender's own: guest code must not find its way there. */
    target_set_tls_base(0);

    start_info.cmdline = guest_cmdline_parse(info->cmdline);
    find_heap();
    if (guest_level >= GUEST_INFO)
        log_layout();
    solo5_exit(solo5_app_main(&start_info));
}

DECLARE_ELF_INTERP
DECLARE_OPENBSD_NOTE
/* clang-format off */
ABI1_NOTE_DECLARE_BEGIN
{
    .abi_target = SPT_ABI_TARGET, .abi_version = SPT_ABI_VERSION
}
ABI1_NOTE_DECLARE_END
