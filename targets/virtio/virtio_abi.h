/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * virtio_abi.h: what a virtio image expects of the machine that runs it, beyond what every PC with
 * legacy virtio devices has. Self-contained: no header is needed; boot.S includes it too.
 */

#ifndef VIRTIO_ABI_H
#define VIRTIO_ABI_H

/* There is no tender to agree with: Solo5 has this number stay 1. */
#define VIRTIO_ABI_VERSION 1

/* COM1, the console. */
#define VIRTIO_CONSOLE_PORT 0x3f8

/*
 * The end of an image. It writes its exit status, one byte, to the first port; then VIRTIO_EXIT to
 * the second; then it asks ACPI for power off. Whichever of these the machine has not is ignored.
 *
 * Behind the first port `mirage-py run` puts an isa-debugcon, whose output it reads: all statuses
 * from 0 to 255 arrive. An isa-debug-exit does as well, and ends QEMU with (status * 2 + 1) & 255:
 * then the statuses from 128 to 254 cannot be told from others, nor 0 from a failure of QEMU.
 *
 * Behind the second port Solo5's own scripts put an isa-debug-exit, which ends QEMU with 83.
 */
#define VIRTIO_STATUS_PORT 0x504
#define VIRTIO_EXIT_PORT 0x501
#define VIRTIO_EXIT 41

/* Bytes of boot arguments, with the NUL. */
#define VIRTIO_CMDLINE_SIZE 8192

#endif
