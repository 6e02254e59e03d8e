# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""The IPv4 address of an interface that the network driver (bindings/net) has given to lwIP, by its
handle."""

from libc.stdint cimport uint32_t, uint64_t

from lwip cimport (
    eth_addr,
    etharp_find_addr,
    ip4_addr_t,
    ip4addr_aton,
    ip4addr_ntoa,
    netif,
    netif_ip4_addr,
    netif_ip4_gw,
    netif_ip4_netmask,
    netif_set_addr,
)
from net_interface cimport interface_of, mirage_net_take


cpdef void set(
        int handle, const char *address, int prefix, const char *gateway) except *:
    """Gives the interface a static address, with a prefix length and a gateway, `""` for none; it
    is announced by a gratuitous ARP. ValueError if one of them is none."""
    cdef netif *interface = interface_of(handle)
    cdef ip4_addr_t own, mask, router
    router.addr = 0
    if not ip4addr_aton(address, &own) or prefix < 0 or prefix > 32:
        raise ValueError("not an IPv4 address")
    if not is_of_host(byte_swapped(own.addr), prefix):
        raise ValueError("an IPv4 address that no host can have")
    if gateway[0] != 0 and not ip4addr_aton(gateway, &router):
        raise ValueError("not an IPv4 gateway")
    if router.addr == own.addr:
        raise ValueError("an IPv4 gateway is another host")
    mask.addr = byte_swapped(<uint32_t>(<uint64_t>0xffffffff << (32 - prefix)))
    # Of a network of one address it is elsewhere, as some clouds have it.
    if router.addr != 0 and prefix < 32 and (router.addr ^ own.addr) & mask.addr:
        raise ValueError("an IPv4 gateway is in the network of the address")
    netif_set_addr(interface, &own, &mask, &router)
    mirage_net_take(interface)


cdef bint is_of_host(uint32_t address, int prefix) noexcept nogil:
    """Whether an address is neither a group's, this station's own, a network's nor that of all of
    its hosts (RFC 1122, 3.2.1.3); a network of two, or of one, has but hosts (RFC 3021)."""
    cdef uint32_t first = address >> 24
    cdef uint32_t hosts = <uint32_t>(<uint64_t>0xffffffff >> prefix)
    if first == 0 or first == 127 or first >= 224:
        return False
    return prefix > 30 or (address & hosts != 0 and address & hosts != hosts)


cdef uint32_t byte_swapped(uint32_t word) noexcept nogil:
    return (word >> 24) | (word >> 8 & 0xff00) | (word << 8 & 0xff0000) | (word << 24)


cpdef const char *address(int handle) except NULL:
    """The interface's address, `0.0.0.0` if it has none."""
    return ip4addr_ntoa(netif_ip4_addr(interface_of(handle)))


cpdef int prefix(int handle) except -1:
    """The length of its network's prefix."""
    cdef uint32_t mask = byte_swapped(netif_ip4_netmask(interface_of(handle)).addr)
    cdef int length = 0
    while mask & <uint32_t>0x80000000:
        mask <<= 1
        length += 1
    return length


cpdef const char *gateway(int handle) except *:
    """Where its packets for other networks go, None if nowhere."""
    cdef const ip4_addr_t *gateway = netif_ip4_gw(interface_of(handle))
    return ip4addr_ntoa(gateway) if gateway.addr else NULL


cpdef bint has_route(int handle, const char *address) except? 0:
    """Whether packets for `address`, of IPv4, have a way: its network is the interface's, or that
    has a gateway. ValueError if it is none."""
    cdef netif *interface = interface_of(handle)
    cdef ip4_addr_t goal
    if not ip4addr_aton(address, &goal):
        raise ValueError("not an IPv4 address")
    if netif_ip4_gw(interface).addr or goal.addr == <uint32_t>0xffffffff:
        return True
    if goal.addr & 0xff == 127 or goal.addr & 0xf0 == 224 or goal.addr & 0xffff == 0xfea9:
        return True  # this station, a group, the link (RFC 3927)
    return (goal.addr ^ netif_ip4_addr(interface).addr) & netif_ip4_netmask(interface).addr == 0


cpdef bint knows_station(int handle, const char *address) except? 0:
    """Whether the Ethernet address is known that packets for `address`, of IPv4, are sent to: its
    own or the gateway's."""
    cdef netif *interface = interface_of(handle)
    cdef const ip4_addr_t *found
    cdef eth_addr *station
    cdef ip4_addr_t goal
    if not ip4addr_aton(address, &goal):
        raise ValueError("not an IPv4 address")
    if (goal.addr ^ netif_ip4_addr(interface).addr) & netif_ip4_netmask(interface).addr:
        goal = netif_ip4_gw(interface)[0]
    return etharp_find_addr(interface, &goal, &station, &found) >= 0
