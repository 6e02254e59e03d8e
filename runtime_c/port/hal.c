// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* hal.c: MicroPython's clocks, delays and console, on the drivers. */

#include "bindings/console.h"
#include "port/event.h"
#include "py/mphal.h"
#include "py/runtime.h"
#include "py/stream.h"
#include "bindings/random.h"
#include "bindings/time.h"

mp_uint_t mp_hal_stdout_tx_strn(const char *text, size_t length)
{
    mirage_console_write(text, length);
    return length;
}

void mp_hal_stdout_tx_strn_cooked(const char *text, size_t length)
{
    mirage_console_write(text, length);
}

/* Solo5's console gives no input: reading is at its end at once. */
int mp_hal_stdin_rx_chr(void)
{
    mp_raise_type(&mp_type_EOFError);
}

uintptr_t mp_hal_stdio_poll(uintptr_t flags)
{
    return flags & MP_STREAM_POLL_WR;
}

mp_uint_t mp_hal_ticks_us(void)
{
    return mirage_event_clock() / 1000u;
}

mp_uint_t mp_hal_ticks_ms(void)
{
    return mirage_event_clock() / 1000000u;
}

uint64_t mp_hal_time_ns(void)
{
    return mirage_time_wall();
}

static void delay(uint64_t nanoseconds)
{
    uint64_t end = mirage_event_clock() + nanoseconds;
    do {
        mp_handle_pending(true);
        mirage_event_wait(end);
    } while (mirage_event_clock() < end);
}

void mp_hal_delay_us(mp_uint_t microseconds)
{
    delay((uint64_t)microseconds * 1000u);
}

void mp_hal_delay_ms(mp_uint_t milliseconds)
{
    delay((uint64_t)milliseconds * 1000000u);
}

uint32_t mirage_random_word(void)
{
    uint32_t word;
    mirage_random_fill((unsigned char *)&word, sizeof(word));
    return word;
}
