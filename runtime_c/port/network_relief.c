// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* network_relief.c: who gives up memory when it runs out. */

#include "port/network_relief.h"

#include "lwip/priv/tcp_priv.h"
#include "port/network_memory.h"

/* How long the peer of a connection has taken nothing of what waits for it: its window is closed,
 * or nothing is acknowledged. The intervals between probes and retransmissions double, and they are
 * counted. 0: it takes it. */
static unsigned stalled(const struct tcp_pcb *pcb)
{
    if (pcb->state == SYN_SENT) {
        return 0;
    }
    return pcb->persist_backoff ? pcb->persist_backoff : pcb->nrtx;
}

/* Of two that are stalled equally long, that goes which holds more. */
static uint32_t claim(const struct tcp_pcb *pcb)
{
    return stalled(pcb) ? (uint32_t)(stalled(pcb) << 16 | pcb->snd_queuelen) : 0;
}

void mirage_network_relieve(void)
{
    struct tcp_pcb *last = NULL;
    for (struct tcp_pcb *pcb = tcp_active_pcbs; pcb; pcb = pcb->next) {
        if (claim(pcb) > (last ? claim(last) : 0)) {
            last = pcb;
        }
    }
    if (last) {
        tcp_abort(last);
    }
}
