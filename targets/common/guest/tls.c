/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * Thread-local storage as x86_64 wants it: .tdata's copy, zeros for .tbss, and then the thread
 * pointer, which points to itself. */

#include "guest.h"

extern const char _tls_start[], _tls_data_size[], _tls_size[];
#define DATA_SIZE ((size_t)_tls_data_size)
#define SIZE ((size_t)_tls_size)

size_t solo5_tls_size(void)
{
    return SIZE + sizeof(uintptr_t);
}

uintptr_t solo5_tls_tp_offset(uintptr_t tls)
{
    return tls + SIZE;
}

solo5_result_t solo5_tls_init(uintptr_t tls)
{
    if (tls == 0)
        return SOLO5_R_EINVAL;

    uintptr_t *pointer = (uintptr_t *)solo5_tls_tp_offset(tls);
    bytes_copy((void *)tls, _tls_start, DATA_SIZE);
    bytes_clear((void *)(tls + DATA_SIZE), SIZE - DATA_SIZE);
    *pointer = (uintptr_t)pointer;
    return SOLO5_R_OK;
}

solo5_result_t solo5_set_tls_base(uintptr_t base)
{
    return target_set_tls_base(base) ? SOLO5_R_OK : SOLO5_R_EINVAL;
}
