/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * hosted.c: in place of start.c in a sanitized image, which is a program of the host's C library:
 * sanitizers need one. What that brings, from the first instruction to main, is not ours here; the
 * image lies where the host's linker puts it, and the guest's memory where Linux does.
 */

#include "unix.h"

struct linux_process linux_process;

static struct unix_options options;
static char cmdline[UNIX_CMDLINE_SIZE];
static struct solo5_start_info start_info;

/* The host's sanitizer/common_interface_defs.h, which freestanding code does not see. Without
 * these two an error on another stack would be taken for a stack overflow. */
void __sanitizer_start_switch_fiber(void **left, const void *bottom, size_t size);
void __sanitizer_finish_switch_fiber(void *left, const void **bottom, size_t *size);

/* Both sanitizers are given their status by these, which the environment's ASAN_OPTIONS and
 * UBSAN_OPTIONS can change: the one of an abort. A collector that looks for objects on the stack
 * must find local variables there and not, as newer compilers have it, somewhere else. */
const char *__asan_default_options(void);
const char *__asan_default_options(void)
{
    return "exitcode=255:detect_stack_use_after_return=0";
}

const char *__ubsan_default_options(void);
const char *__ubsan_default_options(void)
{
    return "exitcode=255:print_stacktrace=1";
}

int main(int argc, char **argv)
{
    (void)argc;
    unix_set_up(&options, cmdline, argv);

    long memory = linux_mmap(0, options.memory_size, LINUX_PROT_READ | LINUX_PROT_WRITE,
                             LINUX_MAP_PRIVATE | LINUX_MAP_ANONYMOUS);
    if (memory < 0)
        unix_fail("Error allocating guest memory: ", unix_reason(memory));
    start_info.heap_start = (uintptr_t)memory;
    start_info.heap_size = options.memory_size;
    /* Where in it the stack begins is the application's to say. */
    __sanitizer_start_switch_fiber(NULL, (const void *)memory, options.memory_size);
    unix_switch((uintptr_t)memory + options.memory_size);
}

void unix_run(void)
{
    __sanitizer_finish_switch_fiber(NULL, NULL, NULL);
    start_info.cmdline = guest_cmdline_parse(cmdline);
    solo5_exit(solo5_app_main(&start_info));
}
