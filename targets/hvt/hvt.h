/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * hvt.h: what the files of this target's boot code share.
 */

#ifndef HVT_H
#define HVT_H

#include "../common/guest/guest.h"
#include "../common/x86_64/cpu.h"
#include "hvt_abi.h"

/* start.c: what the tender passed; set before anything else runs. */
extern const struct hvt_boot_info *hvt_boot_info;

static inline const struct mft *hvt_manifest(void)
{
    return (const struct mft *)hvt_boot_info->mft;
}

/* `call` is that hypercall's structure, anywhere in memory: there is none above 4 GiB. */
static inline void hvt_hypercall(enum hvt_hypercall number, void *call)
{
    cpu_out32((uint16_t)(HVT_HYPERCALL_PIO_BASE + number), (uint32_t)(uintptr_t)call);
}

/* time.c */
void hvt_time_start(void);

/* memory.c: the guest's own page tables, and from `free` on the room that boot code needs. Returns
 * where the application's memory begins. */
uintptr_t hvt_memory_set_up(uintptr_t free);

/* ring.c: frames on their way out, if the tender takes them in a ring. */

/* Bytes of buffers that the ring needs; 0 if it is not used. */
size_t hvt_ring_room(void);

/* Uses the ring from now on, with buffers of that size at `room`. */
void hvt_ring_start(uintptr_t room);

/* Sends a frame; false if the ring is not in use. */
bool hvt_ring_write(solo5_handle_t handle, const uint8_t *frame, size_t size);

/* Waits until all frames are sent. */
void hvt_ring_drain(void);

#endif
