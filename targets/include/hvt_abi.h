/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * hvt_abi.h: what the hvt tender and its guest agree on, on x86_64. Self-contained: C99 headers and
 * elf_abi.h. The tender's side takes every number in here from a guest that it does not trust, so
 * addresses are numbers and not pointers.
 *
 * The guest is a virtual machine with one processor, which starts in 64-bit mode with interrupts
 * off, SSE on and every address its own physical address. The entry point is called with the
 * address of a struct hvt_boot_info as its only argument, on a stack at the end of memory, with no
 * return address to go to. What the image's segments do not fill is zero.
 *
 * A hypercall is a 32-bit write to port HVT_HYPERCALL_PIO_BASE + its number, of the address of its
 * structure. It is done when the instruction is.
 */

#ifndef HVT_ABI_H
#define HVT_ABI_H

#include "elf_abi.h"

#include <stddef.h>
#include <stdint.h>

/* Raised when anything in this file changes its meaning. */
#define HVT_ABI_VERSION 2

/* No byte of an image lies lower. */
#define HVT_GUEST_MIN_BASE 0x100000

/* An address of the guest. */
typedef uint64_t hvt_address_t;

struct hvt_boot_info {
    uint64_t mem_size;       /* end of the guest's memory, which is also its size */
    uint64_t kernel_end;     /* end of the image's last segment that has bytes in the file */
    uint64_t cpu_cycle_freq; /* of the processor's counter, in Hz */
    hvt_address_t cmdline;   /* boot arguments */
    hvt_address_t mft;       /* struct mft, its devices attached */
    /* Since Solo5 0.11. Tenders before it leave zeros here. */
    uint32_t host_features;  /* HVT_FEATURE_ that the tender offers */
    uint32_t guest_features; /* for the guest to answer; nobody looks at it */
    hvt_address_t net_ring;  /* struct hvt_ring, or 0; it lies beyond mem_size */
};
_Static_assert(offsetof(struct hvt_boot_info, cmdline) == 24, "read by the guest at 24");
_Static_assert(offsetof(struct hvt_boot_info, mft) == 32, "read by the guest at 32");
_Static_assert(offsetof(struct hvt_boot_info, host_features) == 40, "read by the guest at 40");
_Static_assert(offsetof(struct hvt_boot_info, net_ring) == 48, "read by the guest at 48");
_Static_assert(sizeof(struct hvt_boot_info) == 56, "no padding");

/* Bytes of boot arguments, with the NUL. */
#define HVT_CMDLINE_SIZE 8192

/*
 * Hypercalls. Fields are the guest's unless it is said that the tender sets them; `ret` is a
 * solo5_result_t, set by the tender. An address or length that is not within the guest's memory
 * ends the guest.
 */
#define HVT_HYPERCALL_PIO_BASE 0x500

enum hvt_hypercall {
    HVT_HYPERCALL_WALLTIME = 1,
    HVT_HYPERCALL_PUTS,
    HVT_HYPERCALL_POLL,
    HVT_HYPERCALL_BLOCK_WRITE,
    HVT_HYPERCALL_BLOCK_READ,
    HVT_HYPERCALL_NET_WRITE,
    HVT_HYPERCALL_NET_READ,
    HVT_HYPERCALL_HALT,
    HVT_HYPERCALL_MAX
};

struct hvt_hc_walltime {
    uint64_t nsecs; /* since 1970; set by the tender */
};

struct hvt_hc_puts {
    hvt_address_t data;
    uint64_t len;
};
_Static_assert(sizeof(struct hvt_hc_puts) == 16, "no padding");

/* Returns when time is over or a network device has a frame to read. */
struct hvt_hc_poll {
    uint64_t timeout_nsecs; /* from now */
    uint64_t ready_set;     /* bit n for device n; set by the tender */
    int32_t ret;            /* the number of bits in it, here */
};
_Static_assert(offsetof(struct hvt_hc_poll, ret) == 16, "written by the tender at 16");

struct hvt_hc_block {
    uint64_t handle;
    uint64_t offset; /* in bytes */
    hvt_address_t data;
    uint64_t len; /* in bytes */
    int32_t ret;
};
_Static_assert(offsetof(struct hvt_hc_block, ret) == 32, "written by the tender at 32");

struct hvt_hc_net {
    uint64_t handle;
    hvt_address_t data;
    uint64_t len; /* when reading: set by the tender to the frame's size */
    int32_t ret;
};
_Static_assert(offsetof(struct hvt_hc_net, ret) == 24, "written by the tender at 24");

/* Ends the guest. */
struct hvt_hc_halt {
    hvt_address_t cookie; /* of a debugger, HVT_HALT_COOKIE_MAX bytes; or 0 */
    int32_t exit_status;
};
_Static_assert(offsetof(struct hvt_hc_halt, exit_status) == 8, "read by the tender at 8");
#define HVT_HALT_COOKIE_MAX 512

/*
 * The ring: frames may be written without leaving the guest. The guest puts an entry at `ent_tail`
 * and counts that up; a thread of the tender takes it, and counts up `ent_head` once the frame is
 * sent and its bytes are the guest's again. Counts wrap at 2^32. Before the thread goes to sleep it
 * sets `needs_kick`, and any 32-bit write to port HVT_RING_KICK_PIO_BASE wakes it up. What is still
 * in the ring when the guest halts may be lost.
 *
 * Reading works alike, by entries that are answered in `commits`. Nothing tells the guest to look
 * there, so it would have to spin; hypercalls serve it better.
 */
#define HVT_FEATURE_RING_IO (1u << 0)
#define HVT_RING_KICK_PIO_BASE 0x600
#define HVT_RING_SIZE 1024 /* of which the guest leaves one empty */

enum hvt_ring_operation { HVT_RING_NET_WRITE = 1, HVT_RING_NET_READ = 2 };

struct hvt_ring_entry {
    uint32_t operation;
    uint32_t handle;
    hvt_address_t data;
    uint32_t len;
    uint32_t id;
    uint64_t reserved;
};
_Static_assert(sizeof(struct hvt_ring_entry) == 32, "the next one follows");

struct hvt_ring_commit {
    uint32_t id;
    int32_t ret;
    uint32_t len;
    uint32_t reserved;
};
_Static_assert(sizeof(struct hvt_ring_commit) == 16, "the next one follows");

struct hvt_ring {
    volatile uint32_t ent_tail; /* the guest's */
    volatile uint32_t com_head; /* the guest's */
    uint8_t pad0[56];           /* what the other side writes is in another cache line */
    volatile uint32_t ent_head;
    volatile uint32_t com_tail;
    volatile uint32_t needs_kick;
    uint8_t pad1[52];
    struct hvt_ring_entry entries[HVT_RING_SIZE];
    struct hvt_ring_commit commits[HVT_RING_SIZE];
};
_Static_assert(offsetof(struct hvt_ring, ent_head) == 64, "the tender's fields begin at 64");
_Static_assert(offsetof(struct hvt_ring, entries) == 128, "entries follow two cache lines");
_Static_assert(sizeof(struct hvt_ring) == 128 + 1024 * 48, "commits follow entries");

#endif
