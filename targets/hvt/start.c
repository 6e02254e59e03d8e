/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * start.c: from the tender's first instruction to the application, and the notes that say what this
 * image is.
 */

#include "../common/x86_64/exceptions.h"
#include "../common/x86_64/paging.h"
#include "elf_abi.h"
#include "hvt.h"

/* Less than this for heap and stack together is a mistake in --mem, not a choice. */
#define LEAST_HEAP 0x10000

extern const char _stext[], _sdata[], _end[];

const struct hvt_boot_info *hvt_boot_info;
static struct solo5_start_info start_info;

static void log_layout(void)
{
    guest_log(GUEST_INFO, "hvt, memory ends at", " ", hvt_boot_info->mem_size);
    guest_log(GUEST_INFO, "  text  at", " ", (uintptr_t)_stext);
    guest_log(GUEST_INFO, "  data  at", " ", (uintptr_t)_sdata);
    guest_log(GUEST_INFO, "  heap  at", " ", start_info.heap_start);
    if (hvt_ring_room() > 0)
        guest_log(GUEST_INFO, "  ring  at", " ", hvt_boot_info->net_ring);
}

/* Boot code's own memory, then the heap, begin behind what the linker placed: not at the tender's
 * kernel_end, which passes over segments that have no bytes in the file. */
static void set_up_memory(void)
{
    uintptr_t end = ((uintptr_t)_end + PAGE_SIZE - 1) & ~(uintptr_t)(PAGE_SIZE - 1);
    uint64_t memory_end = hvt_boot_info->mem_size;

    if (end + LEAST_HEAP + hvt_ring_room() > memory_end)
        guest_abort("not enough memory for this image: give the tender a larger --mem");
    start_info.heap_start = hvt_memory_set_up(end);
    start_info.heap_size = memory_end - start_info.heap_start;
}

/* Entered by a jump, on a stack aligned as for a call. */
__attribute__((noreturn, no_stack_protector)) void _start(const struct hvt_boot_info *info)
{
    hvt_boot_info = info;
    guest_stack_guard_seed();
    exceptions_load();
    set_up_memory();
    hvt_time_start();

    start_info.cmdline = guest_cmdline_parse((const char *)info->cmdline);
    if (guest_level >= GUEST_INFO)
        log_layout();
    solo5_exit(solo5_app_main(&start_info));
}

DECLARE_ELF_INTERP
DECLARE_OPENBSD_NOTE
/* clang-format off */
ABI1_NOTE_DECLARE_BEGIN
{
    .abi_target = HVT_ABI_TARGET, .abi_version = HVT_ABI_VERSION
}
ABI1_NOTE_DECLARE_END
