# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""IPv6 on an interface that the network driver (bindings/net) has given to lwIP, by its handle.
Address 0 is the link-local one."""

from libc.stdint cimport uint8_t

from lwip cimport (
    ERR_OK,
    LWIP_IPV6_NUM_ADDRESSES,
    ethip6_output,
    ip6_addr_isduplicated,
    ip6_addr_istentative,
    ip6_addr_isvalid,
    ip6_addr_t,
    ip6addr_aton,
    ip6addr_ntoa,
    ip_2_ip6,
    netif,
    netif_add_ip6_address,
    netif_create_ip6_linklocal_address,
    pbuf,
)
from net_interface cimport interface_of, mirage_net_drop, mirage_net_take


cdef extern from "bindings/net_stray.h" nogil:
    int mirage_net_stray(void *packet, void *interface, unsigned int at, size_t size) noexcept

cdef extern from "port/network.h" nogil:
    void *mirage_network_malloc(size_t size) noexcept
    bint mirage_network_looping

cdef extern from "port/network_timers.h" nogil:
    void mirage_network_timers_ipv6() noexcept


cdef enum:
    ENOMEM = 12
    EINVAL = 22


cdef struct Gateway:
    netif *interface
    ip6_addr_t address
    Gateway *next

cdef Gateway *gateways


cpdef void enable(int handle, bint autoconfigure) except *:
    """Gives the interface a link-local address made of its own (RFC 4291, appendix A), which is
    looked for on the link first (RFC 4862). `autoconfigure`: routers are asked for prefixes."""
    cdef netif *interface = interface_of(handle)
    mirage_network_timers_ipv6()
    interface.output_ip6 = ethip6_output
    interface.ip6_autoconfig_enabled = autoconfigure
    if not autoconfigure:
        interface.rs_count = 0
    netif_create_ip6_linklocal_address(interface, 1)
    mirage_net_take(interface)


cpdef int add(int handle, const char *address) except -1:
    """Gives the interface one more address, in a network of 64 bits. Returns its number."""
    cdef netif *interface = interface_of(handle)
    cdef ip6_addr_t own
    cdef signed char index = -1
    if not ip6addr_aton(address, &own):
        raise ValueError("not an IPv6 address")
    # Neither `::`, `::1` nor a group's (RFC 4291).
    if own.addr[0] & 0xff == 0xff or not (own.addr[0] | own.addr[1] | own.addr[2]):
        raise ValueError("an IPv6 address that no host can have")
    if netif_add_ip6_address(interface, &own, &index) != ERR_OK or index < 0:
        raise OSError(ENOMEM)
    return index


cpdef void set_gateway(int handle, const char *address) except *:
    """Where packets for other networks go, instead of to a router that announces itself."""
    global gateways
    cdef netif *interface = interface_of(handle)
    cdef ip6_addr_t router
    cdef Gateway *made
    if not ip6addr_aton(address, &router):
        raise ValueError("not an IPv6 gateway")
    made = <Gateway *>mirage_network_malloc(sizeof(Gateway))
    if made == NULL:
        raise OSError(ENOMEM)
    made.interface = interface
    made.address = router
    made.next = gateways
    gateways = made


cdef public const void *mirage_ipv6_gateway(void *interface) noexcept nogil:
    """The `ip6_addr_t` of the gateway of a `netif`, or NULL."""
    cdef Gateway *one = gateways
    while one != NULL:
        if one.interface == interface:
            return &one.address
        one = one.next
    return NULL


cpdef const char *address(int handle, int index) except NULL:
    """The address of that number, `::` if there is none."""
    cdef netif *interface = interface_of(handle)
    if index < 0 or index >= LWIP_IPV6_NUM_ADDRESSES:
        raise OSError(EINVAL)
    return ip6addr_ntoa(ip_2_ip6(&interface.ip6_addr[index]))


cpdef int state(int handle, int index) except -1:
    """What is known of it: 0 there is none, 1 it is looked for on the link, 2 it is ours, 3 it is
    another's."""
    cdef netif *interface = interface_of(handle)
    cdef uint8_t known
    if index < 0 or index >= LWIP_IPV6_NUM_ADDRESSES:
        raise OSError(EINVAL)
    known = interface.ip6_addr_state[index]
    if ip6_addr_isduplicated(known):
        return 3
    if ip6_addr_istentative(known):
        return 1
    return 2 if ip6_addr_isvalid(known) else 0


cdef bint is_loopback(const uint8_t *address) noexcept nogil:
    """Whether the 16 bytes are ::1."""
    for number in range(15):
        if address[number]:
            return False
    return address[15] == 1


cdef public int mirage_ipv6_stray(void *packet, void *interface) noexcept nogil:
    """Whether an IPv6 packet is for another interface, or for one that has no IPv6: RFC 8200, 3,
    has its address at 24, and the sender's at 8. From outside none is ::1 (RFC 4291, 2.5.3), nor
    from ourselves; an address that is still looked for on the link is not ours yet."""
    cdef const uint8_t *head = <const uint8_t *>(<pbuf *>packet).payload
    if mirage_network_looping:
        return False
    if (<netif *>interface).output_ip6 != ethip6_output or ((<pbuf *>packet).len >= 40 and (
            is_loopback(head + 8) or is_loopback(head + 24))):
        return mirage_net_drop(packet, interface)
    return mirage_net_stray(packet, interface, 8, 16)
