/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * no_debugger.c: mirage-hvt, whose guests nobody looks into.
 */

#include "debugger.h"

const struct options_tender debugger_tender = {
    .name = "mirage-hvt", .target = "hvt", .abi_version = HVT_ABI_VERSION};

void debugger_connect(const struct vm *vm, const struct guest *guest)
{
    (void)vm;
    (void)guest;
}

void debugger_allow_requests(struct seccomp *filter, const struct vm *vm)
{
    (void)filter;
    (void)vm;
}

void debugger_allow_calls(struct seccomp *filter)
{
    (void)filter;
}

void debugger_begin(void)
{
}

void debugger_interrupted(void)
{
}

bool debugger_stopped(void)
{
    return false;
}

void debugger_failed(void)
{
}

void debugger_ended(int status)
{
    (void)status;
}
