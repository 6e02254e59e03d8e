/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * interrupt.c: sleeping, until a device or the timer interrupts. Interrupts are off at all other
 * times.
 */

#include "../common/x86_64/exceptions.h"
#include "virtio.h"

/* boot.S */
void virtio_halt(void);
void virtio_interrupt(void);

#define LINES 16
_Static_assert(EXCEPTIONS_COUNT + LINES <= EXCEPTIONS_GATES, "each line has a gate");

/* Devices' lines go through the two interrupt controllers that all PCs have. */
enum { PIC_1 = 0x20, PIC_1_MASK = 0x21, PIC_2 = 0xa0, PIC_2_MASK = 0xa1 };
enum { PIC_INIT = 0x11, PIC_8086 = 0x01, PIC_END = 0x20, PIC_CASCADE = 2 };

enum { TIMER = 0x40, TIMER_CONTROL = 0x43, TIMER_ONCE = 0x30 };
#define TIMER_HERTZ 1193182ull
#define TIMER_MOST 0xffff
#define TIMER_LINE 0

static void set_controllers(void)
{
    cpu_out8(PIC_1, PIC_INIT);
    cpu_out8(PIC_2, PIC_INIT);
    cpu_out8(PIC_1_MASK, EXCEPTIONS_COUNT); /* vector of line 0 */
    cpu_out8(PIC_2_MASK, EXCEPTIONS_COUNT + 8);
    cpu_out8(PIC_1_MASK, 1 << PIC_CASCADE);
    cpu_out8(PIC_2_MASK, PIC_CASCADE);
    cpu_out8(PIC_1_MASK, PIC_8086);
    cpu_out8(PIC_2_MASK, PIC_8086);
    cpu_out8(PIC_1_MASK, (uint8_t)~(1 << PIC_CASCADE | 1 << TIMER_LINE));
    cpu_out8(PIC_2_MASK, 0xff);
}

/* Between those and the processor stands one of its own, which lets their interrupts through if it
 * is told to. Most firmware has done that. Boot code still reaches all addresses. */
static void set_local_controller(void)
{
    enum { MSR_BASE = 0x1b, BASE_ENABLED = 1 << 11, SPURIOUS = 0xf0, INPUT_0 = 0x350 };
    enum { SPURIOUS_ENABLE = 1 << 8, INPUT_EXTERNAL = 7 << 8 };
    uint32_t low, high;

    __asm__ volatile("rdmsr" : "=a"(low), "=d"(high) : "c"(MSR_BASE));
    if (!(low & BASE_ENABLED) || high)
        return;
    uintptr_t base = low & 0xfffff000;
    *(volatile uint32_t *)(base + SPURIOUS) = SPURIOUS_ENABLE | (EXCEPTIONS_COUNT + LINES - 1);
    *(volatile uint32_t *)(base + INPUT_0) = INPUT_EXTERNAL;
}

void virtio_interrupt_init(void)
{
    for (unsigned line = 0; line < LINES; line++)
        exceptions_set_gate(EXCEPTIONS_COUNT + line, virtio_interrupt);
    set_controllers();
    set_local_controller();
}

void virtio_interrupt_enable(uint8_t line)
{
    uint16_t port = line < 8 ? PIC_1_MASK : PIC_2_MASK;

    /* No line, says the BIOS: then a sleep ends when the timer says so, as it often does. */
    if (line < LINES)
        cpu_out8(port, (uint8_t)(cpu_in8(port) & ~(1 << (line & 7))));
}

/* A sleep longer than the timer's 55 ms ends early, which callers are prepared for. */
void virtio_interrupt_wait(uint64_t nanoseconds)
{
    uint64_t ticks = TIMER_MOST;

    if (nanoseconds < TIMER_MOST * NANOSECONDS / TIMER_HERTZ)
        ticks = nanoseconds * TIMER_HERTZ / NANOSECONDS + 1;
    cpu_out8(TIMER_CONTROL, TIMER_ONCE);
    cpu_out8(TIMER, (uint8_t)ticks);
    cpu_out8(TIMER, (uint8_t)(ticks >> 8));

    virtio_halt();
    /* One of them has an interrupt to end; the other does not mind. */
    cpu_out8(PIC_2, PIC_END);
    cpu_out8(PIC_1, PIC_END);
}
