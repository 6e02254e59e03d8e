/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * guest.h: what the boot code of all targets shares. A target defines the functions of the last
 * part; everything else is defined here or beside this file. Depends on no C library: the names
 * of one (memcpy and so on) are left to the application.
 */

#ifndef TARGET_GUEST_H
#define TARGET_GUEST_H

#include "mft_abi.h"
#include "solo5.h"

/*
 * Bytes. In assembly, because the compiler would make loops into calls of memcpy and memset.
 */
static inline void bytes_copy(void *to, const void *from, size_t size)
{
    __asm__ volatile("rep movsb" : "+D"(to), "+S"(from), "+c"(size) : : "memory");
}

static inline void bytes_clear(void *at, size_t size)
{
    __asm__ volatile("rep stosb" : "+D"(at), "+c"(size) : "a"(0) : "memory");
}

/*
 * cmdline.c: the boot arguments that are Solo5's, not the application's.
 */

/* Takes --solo5:LEVEL off the front of `cmdline` and returns the rest. */
const char *guest_cmdline_parse(const char *cmdline);

/*
 * log.c: boot messages. One line each, in one write.
 */
enum guest_level { GUEST_ERROR, GUEST_WARN, GUEST_INFO, GUEST_DEBUG };

extern enum guest_level guest_level;

/* Writes `text`, and after it `value` in hexadecimal if there is a `name` for it. */
void guest_log(enum guest_level level, const char *text, const char *name, uint64_t value);

/* Writes "mirage: ABORT: TEXT" and ends the application. */
void guest_abort(const char *text) __attribute__((noreturn));

/* A line made of parts, for who has more to say. It begins with "mirage: "; what does not fit is
 * left out. */
struct guest_line {
    size_t size;
    char text[160];
};

void guest_line_begin(struct guest_line *line);
void guest_line_add(struct guest_line *line, const char *text);
void guest_line_add_hex(struct guest_line *line, uint64_t value);
void guest_line_finish(struct guest_line *line);

/*
 * manifest.c: devices, and who has taken them.
 */

/* The entry of that name and type; its index goes to `*handle`. NULL if there is none that is
 * attached, or if this was called for it before: a device is acquired once. */
const struct mft_entry *guest_manifest_acquire(const struct mft *manifest, const char *name,
                                               mft_type_t type, solo5_handle_t *handle);

/* The entry of that handle; NULL if it is not of that type. */
static inline const struct mft_entry *guest_manifest_entry(const struct mft *manifest,
                                                           solo5_handle_t handle, mft_type_t type)
{
    if (handle >= manifest->entries || manifest->e[handle].type != type)
        return NULL;
    return &manifest->e[handle];
}

/*
 * stack_guard.c: what -fstack-protector's code needs.
 */

/* Makes the stack protector's value hard to guess. Its caller must never return, as the value it
 * may have put on its own stack is the old one. */
void guest_stack_guard_seed(void);

/*
 * What each target defines.
 */
void target_write(const char *text, size_t size);
void target_exit(int status) __attribute__((noreturn));
bool target_set_tls_base(uintptr_t base);

#endif
