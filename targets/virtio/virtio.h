/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * virtio.h: what the files of this target's boot code share.
 */

#ifndef VIRTIO_H
#define VIRTIO_H

#include "../common/guest/guest.h"
#include "../common/x86_64/cpu.h"
#include "../common/x86_64/paging.h"
#include "virtio_abi.h"

#define NANOSECONDS 1000000000ull

/*
 * start.c: the manifest, a copy that devices are attached to.
 */
extern struct mft *virtio_manifest;

/*
 * console.c: the serial line.
 */
void virtio_console_init(void);

/* Waits until all that was written has left. */
void virtio_console_flush(void);

/*
 * memory.c: memory, where every address is its own physical address.
 */

/* Memory from the image to `end` is the guest's; everything else goes out of reach. */
void virtio_memory_init(uintptr_t end);

/* Zeroed memory, for good. Ends the guest if there is too little. */
void *virtio_memory_take(size_t size, size_t alignment);

/* What nobody has taken: the application's. */
uintptr_t virtio_memory_start(void);
uintptr_t virtio_memory_end(void);

/* Whether a device may read, or write, memory for the application. */
bool virtio_memory_readable(const void *at, size_t size);
bool virtio_memory_writable(const void *at, size_t size);

/*
 * interrupt.c: sleeping until an interrupt. They are off at all other times.
 */
void virtio_interrupt_init(void);

/* Lets the interrupt line of a device end sleeps. */
void virtio_interrupt_enable(uint8_t line);

/* Sleeps until an enabled line or the end of so many nanoseconds, if not earlier. */
void virtio_interrupt_wait(uint64_t nanoseconds);

/*
 * clock.c, pvclock.c: clocks.
 */
void virtio_clock_init(void);

/* Takes the hypervisor's clock into use; false if it has none. */
bool virtio_pvclock_init(void);
uint64_t virtio_pvclock_monotonic(void);
/* The wall clock when the monotonic one was 0. */
uint64_t virtio_pvclock_wall_base(void);

/*
 * power.c: the end of a machine.
 */

/* Looks up how, while everything is within reach. */
void virtio_power_init(void);

/* Returns if the machine has no such way. */
void virtio_power_off(void);

/*
 * pci.c: finding virtio devices.
 */
struct virtio_pci {
    uint16_t port;   /* of the registers */
    uint8_t line;    /* of interrupts */
    uint16_t number; /* bus << 8 | device << 3 | function, for messages */
};

/* Attaches the devices that there are to the entries of the manifest. */
void virtio_pci_scan(void);

/*
 * net.c, block.c: takes a device into use for an entry of the manifest. False, and a message, if it
 * cannot be used.
 */
bool virtio_net_attach(const struct virtio_pci *pci, struct mft_entry *entry,
                       solo5_handle_t handle);
bool virtio_block_attach(const struct virtio_pci *pci, struct mft_entry *entry);

/* Waits until all frames are sent, as far as they can be. */
void virtio_net_drain(void);

#endif
