/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * spt_abi.h: what the spt tender and its guest agree on. Self-contained: C99 headers and elf_abi.h.
 *
 * The guest runs in the tender's own process, its memory at the same addresses as in the image, and
 * makes Linux system calls itself; a seccomp filter leaves it these:
 *
 *   write          to descriptor 1 (the console) and to network devices
 *   read           from network devices
 *   pread64, pwrite64   block devices: one block, within the capacity
 *   epoll_pwait    on epollfd, without a signal mask
 *   timerfd_settime     on timerfd, absolute
 *   clock_gettime  CLOCK_REALTIME, CLOCK_MONOTONIC
 *   arch_prctl     ARCH_SET_FS
 *   exit_group
 *
 * The entry point is called with a struct spt_boot_info * as its only argument, on a stack at the
 * end of memory, with no return address to go to.
 */

#ifndef SPT_ABI_H
#define SPT_ABI_H

#include "elf_abi.h"

#include <stddef.h>
#include <stdint.h>

/* Raised when anything in this file changes its meaning. */
#define SPT_ABI_VERSION 2

/* No byte of an image lies lower. */
#define SPT_GUEST_MIN_BASE 0x100000

struct spt_boot_info {
    uint64_t mem_size;   /* end of the guest's memory, which is also its size: it counts from 0 */
    uint64_t kernel_end; /* end of the image's last segment that has bytes in the file */
    const char *cmdline; /* boot arguments */
    const void *mft;     /* struct mft, its devices attached */
    int epollfd;         /* holds timerfd and all network devices */
    int timerfd;         /* on CLOCK_MONOTONIC */
};
_Static_assert(offsetof(struct spt_boot_info, kernel_end) == 8, "read by the guest at 8");
_Static_assert(offsetof(struct spt_boot_info, cmdline) == 16, "read by the guest at 16");
_Static_assert(offsetof(struct spt_boot_info, mft) == 24, "read by the guest at 24");
_Static_assert(offsetof(struct spt_boot_info, epollfd) == 32, "read by the guest at 32");
_Static_assert(offsetof(struct spt_boot_info, timerfd) == 36, "read by the guest at 36");
_Static_assert(sizeof(struct spt_boot_info) == 40, "no padding");

/* What epoll reports for timerfd; for a network device it is the device's handle. */
#define SPT_INTERNAL_TIMERFD (~1U)

/* Linux lets nobody map the pages below this (vm.mmap_min_addr), so the guest's memory has a hole
 * from 0 to here. */
#define SPT_HOST_MEM_BASE 0x10000

/* Where the tender puts boot info, manifest and boot arguments. */
#define SPT_BOOT_INFO_BASE (SPT_HOST_MEM_BASE + 0x1000)

/* Bytes of boot arguments, with the NUL. */
#define SPT_CMDLINE_SIZE 8192

#endif
