/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * solo5.h: what an application calls. The names, types and constants are those of the public Solo5
 * API (0.12), so code written for the official header compiles against this one. Self-contained:
 * C99 headers only.
 *
 * A call that breaks its contract in a way the caller could not have handled (a device that is not
 * there, memory that is not the caller's) ends the application; it does not return.
 */

#ifndef SOLO5_H_INCLUDED
#define SOLO5_H_INCLUDED

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    SOLO5_R_OK = 0,
    SOLO5_R_AGAIN,  /* nothing wrong, but not now: the same call may succeed later */
    SOLO5_R_EINVAL, /* an argument the device cannot take; nothing was done */
    SOLO5_R_EUNSPEC /* the host failed and does not say why */
} solo5_result_t;

/*
 * Start and end.
 */

/* What solo5_app_main is given; it lives as long as the application and is not to be written. */
struct solo5_start_info {
    const char *cmdline;  /* boot arguments, without the leading --solo5: ones */
    uintptr_t heap_start; /* first byte of memory that is the application's, page aligned */
    size_t heap_size;     /* bytes; the initial stack grows down from its end */
};

/* Defined by the application. Its return value is passed to solo5_exit. */
int solo5_app_main(const struct solo5_start_info *info);

/* Exit statuses from 255 upwards belong to Solo5. */
#define SOLO5_EXIT_SUCCESS 0
#define SOLO5_EXIT_FAILURE 1
#define SOLO5_EXIT_ABORT 255

/* Ends the application; the host sees `status`. */
void solo5_exit(int status) __attribute__((noreturn));

/* Ends the application as broken; the host sees SOLO5_EXIT_ABORT. */
void solo5_abort(void) __attribute__((noreturn));

/*
 * Thread-local storage, local-exec model. A thread's block is solo5_tls_size() bytes of the
 * application's memory, aligned to 16; fill it with solo5_tls_init and switch to it with
 * solo5_set_tls_base(solo5_tls_tp_offset(block)). Until then the base is 0, so a stray access
 * faults.
 */
size_t solo5_tls_size(void);
uintptr_t solo5_tls_tp_offset(uintptr_t tls);
solo5_result_t solo5_tls_init(uintptr_t tls);
solo5_result_t solo5_set_tls_base(uintptr_t base);

/*
 * Time, in nanoseconds.
 */
typedef uint64_t solo5_time_t;

/* Time since some fixed moment; never goes back. */
solo5_time_t solo5_clock_monotonic(void);

/* Time since 1970-01-01 00:00 UTC, as the host has it. */
solo5_time_t solo5_clock_wall(void);

/* A device, as its acquire call named it: its index in the manifest. */
typedef uint64_t solo5_handle_t;

/* Bit n stands for handle n. */
typedef uint64_t solo5_handle_set_t;

/*
 * Sleeps until solo5_clock_monotonic() reaches `deadline` or a network device has a frame to read,
 * whichever is first; returns at once if either is already so. The devices that are ready are put
 * into `*ready_set`, unless that is NULL.
 */
void solo5_yield(solo5_time_t deadline, solo5_handle_set_t *ready_set);

/* Writes to the console, as far as the host takes it. */
void solo5_console_write(const char *buf, size_t size);

/*
 * Network. Frames are Ethernet frames, header included, without checksum.
 */
#define SOLO5_NET_ALEN 6  /* bytes of an address */
#define SOLO5_NET_HLEN 14 /* bytes of a header */

struct solo5_net_info {
    uint8_t mac_address[SOLO5_NET_ALEN];
    size_t mtu; /* bytes, header not included */
};

/* Takes the network device that the manifest calls `name`: once; SOLO5_R_EINVAL after that, and if
 * there is none of that name. */
solo5_result_t solo5_net_acquire(const char *name, solo5_handle_t *handle,
                                 struct solo5_net_info *info);

/* Sends one frame of at most mtu + SOLO5_NET_HLEN bytes. Does not wait: a frame that the host has
 * no room for is lost. */
solo5_result_t solo5_net_write(solo5_handle_t handle, const uint8_t *buf, size_t size);

/* Reads one frame into `buf` of at least mtu + SOLO5_NET_HLEN bytes; SOLO5_R_AGAIN if there is
 * none. */
solo5_result_t solo5_net_read(solo5_handle_t handle, uint8_t *buf, size_t size, size_t *read_size);

/*
 * Block devices. A call moves exactly one block of block_size bytes, whole or not at all.
 */
typedef uint64_t solo5_off_t;

struct solo5_block_info {
    solo5_off_t capacity;   /* bytes, a multiple of block_size */
    solo5_off_t block_size; /* bytes, a power of two */
};

/* Takes the block device that the manifest calls `name`, as solo5_net_acquire does. */
solo5_result_t solo5_block_acquire(const char *name, solo5_handle_t *handle,
                                   struct solo5_block_info *info);

/* `offset` is in bytes. SOLO5_R_EINVAL unless it is a multiple of block_size within the capacity
 * and `size` is block_size. */
solo5_result_t solo5_block_write(solo5_handle_t handle, solo5_off_t offset, const uint8_t *buf,
                                 size_t size);
solo5_result_t solo5_block_read(solo5_handle_t handle, solo5_off_t offset, uint8_t *buf,
                                size_t size);

#endif
