/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * platform.c: thread pointer and end.
 */

#include "virtio.h"

bool target_set_tls_base(uintptr_t base)
{
    /* An address whose upper bits are not copies of bit 47 is none, and the CPU refuses it. */
    if ((uintptr_t)((intptr_t)base << 16 >> 16) != base)
        return false;
    cpu_write_msr(CPU_MSR_FS_BASE, base);
    return true;
}

void target_exit(int status)
{
    static const char text[] = "mirage: halted; this machine cannot be switched off\n";

    virtio_console_flush();
    cpu_out8(VIRTIO_STATUS_PORT, (uint8_t)status);
    cpu_out16(VIRTIO_EXIT_PORT, VIRTIO_EXIT);
    virtio_power_off();
    target_write(text, sizeof text - 1);
    for (;;)
        __asm__ volatile("cli\n\thlt");
}

void solo5_exit(int status)
{
    virtio_net_drain();
    guest_log(GUEST_INFO, "exit", " ", (uint32_t)status);
    target_exit(status);
}

void solo5_abort(void)
{
    virtio_net_drain();
    guest_log(GUEST_INFO, "abort", NULL, 0);
    target_exit(SOLO5_EXIT_ABORT);
}
