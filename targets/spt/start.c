/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * start.c: from the tender's jump to the application, and the notes that say what this image is.
 */

#include "../common/linux/process.h"
#include "elf_abi.h"
#include "spt_abi.h"

/* Entered by a jump, on a stack aligned as for a call. */
__attribute__((noreturn, no_stack_protector)) void _start(const struct spt_boot_info *info)
{
    guest_stack_guard_seed();
    /* The base is still the tender's own: guest code must not find its way there. */
    target_set_tls_base(0);

    linux_process.manifest = info->mft;
    linux_process.epollfd = info->epollfd;
    linux_process.timerfd = info->timerfd;
    linux_process_run("spt", info->cmdline, info->mem_size);
}

DECLARE_ELF_INTERP
DECLARE_OPENBSD_NOTE
/* clang-format off */
ABI1_NOTE_DECLARE_BEGIN
{
    .abi_target = SPT_ABI_TARGET, .abi_version = SPT_ABI_VERSION
}
ABI1_NOTE_DECLARE_END
