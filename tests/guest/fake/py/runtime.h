// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* runtime.h: what obj.h says of MicroPython's. */

#include "obj.h"
