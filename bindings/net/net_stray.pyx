# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""Packets from outside that an interface does not take: it answers for its own addresses alone, as
each stack is one of a network of its own."""

from libc.stdint cimport uint8_t, uint32_t
from libc.string cimport memcmp, memcpy

from lwip cimport (
    LWIP_IPV6_NUM_ADDRESSES,
    ip6_addr_isvalid,
    ip_2_ip6,
    netif,
    netif_ip4_addr,
    netif_ip4_netmask,
    netif_list,
    pbuf,
)
from net_interface cimport mirage_net_drop


cdef extern from "port/network.h" nogil:
    bint mirage_network_looping


cdef enum:
    UDP = 17
    LOOPBACK = 127
    OURS = 1
    OTHERS = 2


cdef bint has_address(netif *interface, const uint8_t *address, size_t size) noexcept nogil:
    """Whether the `size` bytes are an address of the interface: 4 of IPv4, 16 of IPv6."""
    if size == 4:
        return netif_ip4_addr(interface).addr != 0 and memcmp(
            netif_ip4_addr(interface), address, size) == 0
    for number in range(LWIP_IPV6_NUM_ADDRESSES):
        if ip6_addr_isvalid(interface.ip6_addr_state[number]) and memcmp(
                ip_2_ip6(&interface.ip6_addr[number]).addr, address, size) == 0:
            return True
    return False


cdef int whose(netif *interface, const uint8_t *address, size_t size) noexcept nogil:
    """Whether an address is OURS, the interface's, or OTHERS, of another one; else 0."""
    cdef netif *other
    if has_address(interface, address, size):
        return OURS
    other = netif_list
    while other != NULL:
        if has_address(other, address, size):
            return OTHERS
        other = other.next
    return 0


cdef bint is_near(netif *interface, const uint8_t *address, size_t size) noexcept nogil:
    """Whether an address may be a neighbour's: it is of a network of the interface, which for IPv6
    is one of 64 bits."""
    cdef uint32_t word
    if size == 4:
        memcpy(&word, address, 4)
        word ^= netif_ip4_addr(interface).addr
        return word & netif_ip4_netmask(interface).addr == 0
    for number in range(LWIP_IPV6_NUM_ADDRESSES):
        if ip6_addr_isvalid(interface.ip6_addr_state[number]) and memcmp(
                ip_2_ip6(&interface.ip6_addr[number]).addr, address, 8) == 0:
            return True
    return False


cdef public int mirage_net_stray(
        void *packet, void *interface, unsigned int at, size_t size) noexcept nogil:
    """Frees a packet from outside that a `netif` got to the address of another, or that says that
    it comes from this image, to which an answer would come back: its sender has the address of the
    `netif`, or that of another and is no neighbour, as two networks may have the same addresses.
    The sender's, of `size` bytes, is `at` that byte, and then the other. Returns whether it was
    one."""
    cdef const uint8_t *sender = <const uint8_t *>(<pbuf *>packet).payload + at
    cdef int owner
    if (<pbuf *>packet).len < at + 2 * size:
        return False
    owner = whose(<netif *>interface, sender, size)
    if (owner == OURS or (owner == OTHERS and not is_near(<netif *>interface, sender, size))
            or whose(<netif *>interface, sender + size, size) == OTHERS):
        return mirage_net_drop(packet, interface)
    return False


cdef public int mirage_net_stray4(void *packet, void *interface) noexcept nogil:
    """Whether an IPv4 packet is for another interface: RFC 791, 3.1, has its address at 16. One
    that comes from 0.0.0.0, at 12, is from nobody who can be answered, but for DHCP; and none that
    comes from outside has one of 127.0.0.0/8 (RFC 1122, 3.2.1.3), or the image's own."""
    cdef const uint8_t *head = <const uint8_t *>(<pbuf *>packet).payload
    if mirage_network_looping:
        return False
    if (<pbuf *>packet).len >= 20 and (
            (head[9] != UDP and (head[12] | head[13] | head[14] | head[15]) == 0)
            or head[12] == LOOPBACK or head[16] == LOOPBACK):
        return mirage_net_drop(packet, interface)
    return mirage_net_stray(packet, interface, 12, 4)
