/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * start.c: from Linux's jump to the application, sleeping, and the devices that there are not.
 */

#include "../common/linux/process.h"
#include "elf_abi.h"

enum { STUB_ABI_TARGET = 0x62757473, STUB_ABI_VERSION = 1 };
enum { LINUX_CLOCK_NANOSLEEP = 230 };
#define NANOSECONDS 1000000000ull

extern const char _memory_end[];

/* On a stack of the guest's own, at the end of its memory. */
__asm__(".text\n"
        ".global _start\n"
        "_start:\n"
        "    xor %ebp, %ebp\n"
        "    mov $_memory_end, %rsp\n"
        "    call stub_start\n");

void stub_start(void) __attribute__((noreturn, no_stack_protector));

void stub_start(void)
{
    guest_stack_guard_seed();
    linux_process_run("stub", "", (uintptr_t)_memory_end);
}

void solo5_yield(solo5_time_t deadline, solo5_handle_set_t *ready_set)
{
    struct linux_timespec time = {(int64_t)(deadline / NANOSECONDS),
                                  (int64_t)(deadline % NANOSECONDS)};

    linux_call(LINUX_CLOCK_NANOSLEEP, LINUX_CLOCK_MONOTONIC, LINUX_TFD_TIMER_ABSTIME, (long)&time,
               0);
    if (ready_set)
        *ready_set = 0;
}

solo5_result_t solo5_net_acquire(const char *name, solo5_handle_t *handle,
                                 struct solo5_net_info *info)
{
    (void)name, (void)handle, (void)info;
    return SOLO5_R_EINVAL;
}

solo5_result_t solo5_net_write(solo5_handle_t handle, const uint8_t *buf, size_t size)
{
    (void)handle, (void)buf, (void)size;
    return SOLO5_R_EINVAL;
}

solo5_result_t solo5_net_read(solo5_handle_t handle, uint8_t *buf, size_t size, size_t *read_size)
{
    (void)handle, (void)buf, (void)size, (void)read_size;
    return SOLO5_R_EINVAL;
}

solo5_result_t solo5_block_acquire(const char *name, solo5_handle_t *handle,
                                   struct solo5_block_info *info)
{
    (void)name, (void)handle, (void)info;
    return SOLO5_R_EINVAL;
}

solo5_result_t solo5_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf,
                                 size_t size)
{
    (void)handle, (void)offset, (void)buf, (void)size;
    return SOLO5_R_EINVAL;
}

solo5_result_t solo5_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf,
                                size_t size)
{
    (void)handle, (void)offset, (void)buf, (void)size;
    return SOLO5_R_EINVAL;
}

DECLARE_OPENBSD_NOTE
/* clang-format off */
ABI1_NOTE_DECLARE_BEGIN
{
    .abi_target = STUB_ABI_TARGET, .abi_version = STUB_ABI_VERSION
}
ABI1_NOTE_DECLARE_END
