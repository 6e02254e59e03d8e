/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * platform.c: console, thread-local storage, end.
 */

#include "hvt.h"

/* Base addresses must have all upper bits alike; ours are below 4 GiB. */
#define TLS_END (1ull << 47)

void target_write(const char *text, size_t size)
{
    struct hvt_hc_puts call = {.data = (uintptr_t)text, .len = size};

    hvt_hypercall(HVT_HYPERCALL_PUTS, &call);
}

void target_exit(int status)
{
    struct hvt_hc_halt call = {.cookie = 0, .exit_status = status};

    for (;;)
        hvt_hypercall(HVT_HYPERCALL_HALT, &call);
}

bool target_set_tls_base(uintptr_t base)
{
    if (base >= TLS_END)
        return false;
    cpu_write_msr(CPU_MSR_FS_BASE, base);
    return true;
}

void solo5_console_write(const char *buf, size_t size)
{
    target_write(buf, size);
}

void solo5_exit(int status)
{
    hvt_ring_drain();
    guest_log(GUEST_INFO, "exit", " ", (uint32_t)status);
    target_exit(status);
}

void solo5_abort(void)
{
    hvt_ring_drain();
    guest_log(GUEST_INFO, "abort", NULL, 0);
    target_exit(SOLO5_EXIT_ABORT);
}
