// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* ioqueue.c: asyncio's tasks that wait for streams, each stream with an entry of its own. A stream
 * that says when it may be ready (port/poll.h) keeps its entry from one wait to the next, so that a
 * wait allocates nothing and looks nothing up; any other is looked at in every turn. */

#include "port/ioqueue.h"

#include "port/event.h"
#include "port/poll.h"
#include "py/mphal.h"
#include "py/runtime.h"
#include "py/stream.h"

enum { READ, WRITE, WAYS };

typedef struct ioqueue ioqueue_t;

typedef struct entry {
    mirage_poll_watcher_t watcher; // the first member: a pointer to it keeps all of this alive
    struct entry *next;            // of those to look at
    struct entry *older, *newer;   // of those that a task waits for
    ioqueue_t *queue;
    mp_obj_t stream;
    mp_uint_t (*ioctl)(mp_obj_t stream, mp_uint_t request, uintptr_t argument, int *error);
    mp_obj_t tasks[WAYS]; // or MP_OBJ_NULL
    bool watched;         // the stream keeps this, and wakes it
    bool listed;          // it is to be looked at
} entry_t;

struct ioqueue {
    mp_obj_base_t base;
    mp_obj_t task_queue;
    entry_t *newest;       // of those that a task waits for
    entry_t *first, *last; // of those to look at
};

static void list(entry_t *entry)
{
    ioqueue_t *queue = entry->queue;
    if (entry->listed) {
        return;
    }
    entry->listed = true;
    entry->next = NULL;
    if (queue->first) {
        queue->last->next = entry;
    } else {
        queue->first = entry;
    }
    queue->last = entry;
}

static bool is_waited_for(const entry_t *entry)
{
    return entry->tasks[READ] != MP_OBJ_NULL || entry->tasks[WRITE] != MP_OBJ_NULL;
}

static void wake(mirage_poll_watcher_t *watcher)
{
    entry_t *entry = (entry_t *)watcher;
    if (is_waited_for(entry)) {
        list(entry);
    }
}

/* One way of an entry is not waited for any more. */
static void leave(entry_t *entry, int way)
{
    entry->tasks[way] = MP_OBJ_NULL;
    if (is_waited_for(entry)) {
        return;
    }
    if (entry->newer) {
        entry->newer->older = entry->older;
    } else {
        entry->queue->newest = entry->older;
    }
    if (entry->older) {
        entry->older->newer = entry->newer;
    }
    entry->older = entry->newer = NULL;
}

/* The entry of a stream: the one that it keeps, or that waits already, or a new one. */
static entry_t *entry_of(ioqueue_t *queue, mp_obj_t stream)
{
    const mp_stream_p_t *protocol = mp_get_stream_raise(stream, MP_STREAM_OP_IOCTL);
    mirage_poll_watcher_t *watcher = NULL;
    int error;
    if (protocol->watchable) {
        protocol->ioctl(stream, MIRAGE_STREAM_WATCHER, (uintptr_t)&watcher, &error);
        entry_t *kept = watcher && watcher->wake == wake ? (entry_t *)watcher : NULL;
        if (kept && kept->queue == queue) {
            return kept;
        }
        if (kept && !is_waited_for(kept) && !kept->listed) { // of a loop that is over
            kept->queue = queue;
            return kept;
        }
    }
    if (!protocol->watchable || watcher) {
        for (entry_t *entry = queue->newest; entry; entry = entry->older) {
            if (entry->stream == stream) {
                return entry;
            }
        }
    }
    entry_t *entry = m_new0(entry_t, 1);
    entry->watcher.wake = wake;
    entry->queue = queue;
    entry->stream = stream;
    entry->ioctl = protocol->ioctl;
    entry->watched = protocol->watchable && !watcher &&
                     protocol->ioctl(stream, MIRAGE_STREAM_WATCH, (uintptr_t)entry, &error) == 0;
    return entry;
}

static mp_obj_t wait_for(mp_obj_t self, mp_obj_t stream, int way)
{
    ioqueue_t *queue = MP_OBJ_TO_PTR(self);
    mp_obj_t task = mirage_asyncio_current();
    entry_t *entry = entry_of(queue, stream);
    if (entry->tasks[way] != MP_OBJ_NULL) {
        mp_raise_msg(&mp_type_RuntimeError,
                     MP_ERROR_TEXT("another task waits for the stream already"));
    }
    if (!is_waited_for(entry)) {
        entry->older = queue->newest;
        if (queue->newest) {
            queue->newest->newer = entry;
        }
        queue->newest = entry;
    }
    entry->tasks[way] = task;
    list(entry);
    mirage_asyncio_waits_on(task, self);
    return mp_const_none;
}

static mp_obj_t queue_read(mp_obj_t self, mp_obj_t stream)
{
    return wait_for(self, stream, READ);
}
static MP_DEFINE_CONST_FUN_OBJ_2(queue_read_obj, queue_read);

static mp_obj_t queue_write(mp_obj_t self, mp_obj_t stream)
{
    return wait_for(self, stream, WRITE);
}
static MP_DEFINE_CONST_FUN_OBJ_2(queue_write_obj, queue_write);

/* A task does not wait any more. */
static mp_obj_t remove_task(mp_obj_t self, mp_obj_t task)
{
    ioqueue_t *queue = MP_OBJ_TO_PTR(self);
    for (entry_t *entry = queue->newest, *older; entry; entry = older) {
        older = entry->older;
        for (int way = READ; way < WAYS; way++) {
            if (entry->tasks[way] == task) {
                leave(entry, way);
            }
        }
    }
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(remove_task_obj, remove_task);

/* Put the tasks of an entry whose stream is ready in these ways, or has failed, among those that
 * run. Returns whether there were any. */
static bool release(entry_t *entry, mp_uint_t ready)
{
    static const mp_uint_t other[WAYS] = {MP_STREAM_POLL_WR, MP_STREAM_POLL_RD};
    bool any = false;
    for (int way = READ; way < WAYS; way++) {
        mp_obj_t task = entry->tasks[way];
        if (task != MP_OBJ_NULL && ready & ~other[way]) {
            leave(entry, way);
            mirage_asyncio_push(entry->queue->task_queue, task);
            any = true;
        }
    }
    return any;
}

/* Look at what may be ready. Returns whether a task was waiting for what is. */
static bool look(ioqueue_t *queue)
{
    bool any = false;
    entry_t *entry, *last = queue->last;
    do {
        entry = queue->first;
        if (!entry) {
            break;
        }
        mp_uint_t ways = (entry->tasks[READ] != MP_OBJ_NULL ? MP_STREAM_POLL_RD : 0) |
                         (entry->tasks[WRITE] != MP_OBJ_NULL ? MP_STREAM_POLL_WR : 0);
        int error = 0;
        // This may run code of the program's, and raise: the entry is still the first then.
        mp_uint_t ready = ways ? entry->ioctl(entry->stream, MP_STREAM_POLL, ways, &error) : 0;
        if (ready == MP_STREAM_ERROR) {
            mp_raise_OSError(error);
        }
        if (queue->first != entry) {
            break; // that code has looked, too
        }
        // No pointer stays behind, which would keep what the program has let go.
        queue->first = entry->next;
        queue->last = entry->next ? queue->last : NULL;
        entry->next = NULL;
        entry->listed = false;
        any |= release(entry, ready);
        if (!entry->watched && is_waited_for(entry)) {
            list(entry);
        }
    } while (entry != last);
    return any;
}

/* How many turns are taken without a look at the devices, while there is always something to do. */
#define TURNS 16
static unsigned turns;

static void take_turn(void)
{
    if (++turns >= TURNS) {
        turns = 0;
        mirage_event_poll();
    }
}

/* Wait until a stream is ready that a task waits for, or for so many milliseconds; forever if they
 * are negative. */
static mp_obj_t wait_io_event(mp_obj_t self, mp_obj_t milliseconds)
{
    ioqueue_t *queue = MP_OBJ_TO_PTR(self);
    mp_int_t most = mp_obj_get_int(milliseconds);
    mp_uint_t start = 0;
    take_turn();
    if (look(queue) || most == 0) {
        return mp_const_none;
    }
    if (most > 0) {
        start = mp_hal_ticks_ms();
    }
    do {
        turns = 0;
        if (most < 0) {
            mp_event_wait_indefinite();
        } else {
            mp_uint_t passed = mp_hal_ticks_ms() - start;
            if (passed >= (mp_uint_t)most) {
                break;
            }
            mp_event_wait_ms((mp_uint_t)most - passed);
        }
    } while (!look(queue));
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(wait_io_event_obj, wait_io_event);

/* Run tasks that are due, as long as that can be told without a wait and without a clock: None.
 * Else what mirage_asyncio_step returns. */
static mp_obj_t run(mp_obj_t self)
{
    ioqueue_t *queue = MP_OBJ_TO_PTR(self);
    mp_obj_t task, outcome = MP_OBJ_NULL;
    while (outcome == MP_OBJ_NULL) {
        take_turn();
        look(queue);
        task = mirage_asyncio_take_due(queue->task_queue);
        outcome = task == MP_OBJ_NULL ? mp_const_none : mirage_asyncio_step(task);
    }
    return outcome;
}
static MP_DEFINE_CONST_FUN_OBJ_1(run_obj, run);

static mp_obj_t make_new(const mp_obj_type_t *type, size_t positional, size_t named,
                         const mp_obj_t *arguments)
{
    mp_arg_check_num(positional, named, 1, 1, false);
    ioqueue_t *queue = m_new0(ioqueue_t, 1);
    queue->base.type = type;
    queue->task_queue = arguments[0];
    return MP_OBJ_FROM_PTR(queue);
}

/* Whether a task waits. */
static mp_obj_t unary_op(mp_unary_op_t operation, mp_obj_t self)
{
    const ioqueue_t *queue = MP_OBJ_TO_PTR(self);
    return operation == MP_UNARY_OP_BOOL ? mp_obj_new_bool(queue->newest != NULL) : MP_OBJ_NULL;
}

static const mp_rom_map_elem_t locals_table[] = {
    {MP_ROM_QSTR(MP_QSTR_queue_read), MP_ROM_PTR(&queue_read_obj)},
    {MP_ROM_QSTR(MP_QSTR_queue_write), MP_ROM_PTR(&queue_write_obj)},
    {MP_ROM_QSTR(MP_QSTR_remove), MP_ROM_PTR(&remove_task_obj)},
    {MP_ROM_QSTR(MP_QSTR_run), MP_ROM_PTR(&run_obj)},
    {MP_ROM_QSTR(MP_QSTR_wait_io_event), MP_ROM_PTR(&wait_io_event_obj)},
};
static MP_DEFINE_CONST_DICT(locals, locals_table);

MP_DEFINE_CONST_OBJ_TYPE(mirage_ioqueue_type, MP_QSTR_IOQueue, MP_TYPE_FLAG_NONE, make_new,
                         make_new, unary_op, unary_op, locals_dict, &locals);
