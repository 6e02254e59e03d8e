/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * console.c: a serial line, which is COM1.
 */

#include "virtio.h"

enum {
    DATA = VIRTIO_CONSOLE_PORT,
    INTERRUPTS = VIRTIO_CONSOLE_PORT + 1,
    FIFO = VIRTIO_CONSOLE_PORT + 2,
    LINE = VIRTIO_CONSOLE_PORT + 3,
    MODEM = VIRTIO_CONSOLE_PORT + 4,
    STATUS = VIRTIO_CONSOLE_PORT + 5,
};
enum { LINE_8N1 = 0x03, LINE_DIVISOR = 0x80 };
enum { FIFO_ENABLE_AND_CLEAR = 0x07, FIFO_SIZE = 16 };
enum { MODEM_READY = 0x03 };
enum { STATUS_EMPTY = 0x20, STATUS_IDLE = 0x40 };

/* So often a port is read before the guest sleeps between readings: at 115200 baud a full FIFO
 * takes 1.4 ms. */
#define PATIENCE 1000
#define LOOK_AGAIN 1000000 /* nanoseconds */

void virtio_console_init(void)
{
    cpu_out8(INTERRUPTS, 0);
    cpu_out8(LINE, LINE_DIVISOR);
    cpu_out8(DATA, 1); /* 115200 baud */
    cpu_out8(INTERRUPTS, 0);
    cpu_out8(LINE, LINE_8N1);
    cpu_out8(FIFO, FIFO_ENABLE_AND_CLEAR);
    cpu_out8(MODEM, MODEM_READY);
}

/* For as long as it takes: who reads the console may be slow, and is to get all. A port that is not
 * there reads as if it were ready. */
static void wait_for(uint8_t state)
{
    for (unsigned i = 0; !(cpu_in8(STATUS) & state); i++) {
        if (i < PATIENCE)
            cpu_pause();
        else
            virtio_interrupt_wait(LOOK_AGAIN);
    }
}

void target_write(const char *text, size_t size)
{
    while (size > 0) {
        size_t part = size < FIFO_SIZE ? size : FIFO_SIZE;
        wait_for(STATUS_EMPTY);
        cpu_out_bytes(DATA, text, part);
        text += part;
        size -= part;
    }
}

void virtio_console_flush(void)
{
    wait_for(STATUS_IDLE);
}

void solo5_console_write(const char *buf, size_t size)
{
    target_write(buf, size);
}
