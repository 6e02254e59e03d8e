# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""What the network driver (net/net.pyx) has for others: a device as lwIP knows it."""

from lwip cimport netif


cdef extern from "bindings/net.h" nogil:
    void *mirage_net_interface(int handle) noexcept
    void mirage_net_take(void *interface) noexcept
    int mirage_net_drop(void *packet, void *interface) noexcept


cdef enum:
    ENODEV = 19


cdef inline netif *interface_of(int handle) except NULL:
    """What lwIP knows the device of that number as. OSError if it has none."""
    cdef netif *interface = <netif *>mirage_net_interface(handle)
    if interface == NULL:
        raise OSError(ENODEV)
    return interface
