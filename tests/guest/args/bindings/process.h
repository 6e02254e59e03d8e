/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * process.h: as the driver declares it; the harness goes on with the next command line. */

void mirage_process_exit(int status);
