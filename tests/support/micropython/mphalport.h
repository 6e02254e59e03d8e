// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* mphalport.h: MicroPython includes it; what it asks of the host is in main.c. */
