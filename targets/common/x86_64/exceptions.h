/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * exceptions.h: segments, and what the processor does when the guest's code is wrong: it prints the
 * registers and ends the guest as broken.
 */

#ifndef TARGET_X86_64_EXCEPTIONS_H
#define TARGET_X86_64_EXCEPTIONS_H

#include <stdint.h>

/* Exceptions, and as many interrupts as a PC's two controllers have. */
#define EXCEPTIONS_COUNT 32
#define EXCEPTIONS_GATES 48

/* Loads segments, task state and gates. From then on exceptions are reported, whatever the stack
 * is: they have one of their own. Segments are flat; interrupts stay off. */
void exceptions_load(void);

/* Has interrupt `vector`, from EXCEPTIONS_COUNT on, enter at `entry` on the stack it interrupts. */
void exceptions_set_gate(unsigned vector, void (*entry)(void));

#endif
