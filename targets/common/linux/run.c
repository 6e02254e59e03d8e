/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * run.c: finds the heap, and runs the application.
 */

#include "process.h"

#define PAGE_SIZE 0x1000
/* Less than this for heap and stack together is a mistake in --mem, not a choice. */
#define LEAST_HEAP 0x10000

extern const char _stext[], _sdata[], _end[];

struct linux_process linux_process;
static struct solo5_start_info start_info;

static void log_layout(const char *target, uint64_t memory_end)
{
    guest_log(GUEST_INFO, target, ", memory ends at ", memory_end);
    guest_log(GUEST_INFO, "  text  at", " ", (uintptr_t)_stext);
    guest_log(GUEST_INFO, "  data  at", " ", (uintptr_t)_sdata);
    guest_log(GUEST_INFO, "  heap  at", " ", start_info.heap_start);
}

/* The heap begins behind what the linker placed, not at the tender's kernel_end, which passes over
 * segments that have no bytes in the file. */
static void find_heap(uint64_t memory_end)
{
    uintptr_t start = ((uintptr_t)_end + PAGE_SIZE - 1) & ~(uintptr_t)(PAGE_SIZE - 1);

    if (start + LEAST_HEAP > memory_end)
        guest_abort("not enough memory for this image: give the tender a larger --mem");
    start_info.heap_start = start;
    start_info.heap_size = memory_end - start;
}

void linux_process_run(const char *target, const char *cmdline, uint64_t memory_end)
{
    start_info.cmdline = guest_cmdline_parse(cmdline);
    find_heap(memory_end);
    if (guest_level >= GUEST_INFO)
        log_layout(target, memory_end);
    solo5_exit(solo5_app_main(&start_info));
}
