/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * debugger.h: what a debugger of the guest is asked, and told. mirage-hvt has none: no_debugger.c.
 * mirage-hvt-debug is the same program with gdb/ in its place.
 */

#ifndef HVT_TENDER_DEBUGGER_H
#define HVT_TENDER_DEBUGGER_H

#include "../../common/tender/options.h"
#include "../../common/tender/seccomp.h"
#include "vm.h"

/* The program: its name, and options of its own. */
extern const struct options_tender debugger_tender;

/* Waits for a debugger, if the options ask for one. Before privileges are given up. */
void debugger_connect(const struct vm *vm, const struct guest *guest);

/* What the debugger needs beside what every tender does: rules for ioctl, and other calls. */
void debugger_allow_requests(struct seccomp *filter, const struct vm *vm);
void debugger_allow_calls(struct seccomp *filter);

/* The guest is about to run; returns when it may. */
void debugger_begin(void);

/* A signal came in. Returns when the guest may go on. */
void debugger_interrupted(void);

/* The processor stopped. False if not for the debugger; else returns when the guest may go on. */
bool debugger_stopped(void);

/* The guest cannot go on: the last chance to look at it. */
void debugger_failed(void);

/* The guest halted with that status. */
void debugger_ended(int status);

#endif
