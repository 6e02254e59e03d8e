// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* ioqueue.h: asyncio's tasks that wait for streams. Agreed between the patched extmod/modasyncio.c,
 * which has the tasks, and ioqueue.c. */

#ifndef MIRAGE_PORT_IOQUEUE_H
#define MIRAGE_PORT_IOQUEUE_H

#include "py/obj.h"

/* The class `IOQueue` of the module `_asyncio`. */
extern const mp_obj_type_t mirage_ioqueue_type;

/* The task that runs. RuntimeError if there is none. */
mp_obj_t mirage_asyncio_current(void);

/* Note what a task waits on: it is asked to `remove` the task if that is cancelled. */
void mirage_asyncio_waits_on(mp_obj_t task, mp_obj_t on);

/* Put a task among those that run next. */
void mirage_asyncio_push(mp_obj_t task_queue, mp_obj_t task);

/* Take the first task, if its time has come as the clock was read last; else MP_OBJ_NULL. */
mp_obj_t mirage_asyncio_take_due(mp_obj_t task_queue);

/* Make a task the one that runs, and run it until it waits again: MP_OBJ_NULL. Else the exception
 * that has ended it, StopIteration if it has returned; or the task itself, if it is no coroutine or
 * one that something is to be thrown into, which asyncio sees to. */
mp_obj_t mirage_asyncio_step(mp_obj_t task);

#endif
