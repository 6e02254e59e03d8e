/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * time.c: clocks, and waiting.
 */

#include "hvt.h"

#define NANOSECONDS 1000000000ull
#define FRACTION 32 /* bits of `scale` that are behind the point */

static uint64_t start, scale;

void hvt_time_start(void)
{
    if (hvt_boot_info->cpu_cycle_freq == 0)
        guest_abort("the tender does not say how fast the processor's clock is");
    scale = (NANOSECONDS << FRACTION) / hvt_boot_info->cpu_cycle_freq;
    start = cpu_tsc();
}

/* The processor's counter is read without leaving the guest; the tender is to see to it that it
 * counts evenly. */
solo5_time_t solo5_clock_monotonic(void)
{
    return (uint64_t)((unsigned __int128)(cpu_tsc() - start) * scale >> FRACTION);
}

solo5_time_t solo5_clock_wall(void)
{
    struct hvt_hc_walltime call;

    hvt_hypercall(HVT_HYPERCALL_WALLTIME, &call);
    return call.nsecs;
}

void solo5_yield(solo5_time_t deadline, solo5_handle_set_t *ready_set)
{
    solo5_time_t now = solo5_clock_monotonic();
    struct hvt_hc_poll call;

    /* The host's clock is not ours: it may think that time is over a little before it is. */
    do {
        call.timeout_nsecs = deadline > now ? deadline - now : 0;
        call.ready_set = 0;
        hvt_hypercall(HVT_HYPERCALL_POLL, &call);
        now = solo5_clock_monotonic();
    } while (call.ready_set == 0 && now < deadline);
    if (ready_set)
        *ready_set = call.ready_set;
}
