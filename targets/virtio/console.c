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

/* So often a port is read for one state of the line. At 115200 baud a full FIFO takes 1.4 ms; a
 * port that is not there reads as if it were ready. */
#define PATIENCE 100000

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

static void wait_for(uint8_t state)
{
    for (unsigned i = 0; i < PATIENCE && !(cpu_in8(STATUS) & state); i++)
        cpu_pause();
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
