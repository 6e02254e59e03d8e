// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* poll.h: a stream that says when it may be ready, so that select.poll and asyncio look at what has
 * changed and not at everything. Agreed between the patched extmod/modselect.c, ioqueue.c and the
 * streams that can.
 * Self-contained: C99 headers only. */

#ifndef MIRAGE_PORT_POLL_H
#define MIRAGE_PORT_POLL_H

typedef struct _mirage_poll_watcher_t {
    void (*wake)(struct _mirage_poll_watcher_t *watcher);
} mirage_poll_watcher_t;

/* An ioctl request: call wake() of the watcher that is the argument whenever what MP_STREAM_POLL
 * would answer may have changed; 0 for no longer. Fails if there is a watcher already, and where
 * it is not known. */
#define MIRAGE_STREAM_WATCH (0x1000)

/* Another: put the watcher, or NULL, where the argument points. */
#define MIRAGE_STREAM_WATCHER (0x1001)

#endif
