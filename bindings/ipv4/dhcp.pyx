# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""DHCP (RFC 2131) on an interface that the network driver (bindings/net) has given to lwIP, by its
handle. lwIP renews a lease by itself."""

from libc.stdint cimport uint8_t, uint16_t, uint32_t
from libc.string cimport memchr, memcpy, memmove, strlen

from lwip cimport (
    ERR_OK,
    dhcp_release_and_stop,
    dhcp_start,
    dhcp_supplied_address,
    ipaddr_ntoa,
    netif,
    netif_dhcp_data,
    netif_ip4_addr,
    netif_set_status_callback,
    pbuf,
    pbuf_copy_partial,
)
from net_interface cimport interface_of, mirage_net_take


cdef extern from "port/network.h" nogil:
    void *mirage_network_calloc(size_t count, size_t size) noexcept

cdef extern from "port/network_timers.h" nogil:
    void mirage_network_timers_dhcp() noexcept


cdef enum:
    # RFC 2132 allows a host name 255 bytes; DNS a label 63.
    NAME = 64
    # Bytes of the options of a lease that are kept for Python.
    OPTIONS = 512
    # Options that an image may ask for beside the usual ones.
    REQUESTS = 32
    REQUEST_LIST = 55
    ENOMEM = 12
    ENODEV = 19
    EINVAL = 22


cdef struct Client:
    netif *interface
    char[NAME] hostname
    uint8_t[OPTIONS] options  # code, length, value, one after the other
    unsigned int options_length
    uint8_t[REQUESTS] requests
    unsigned int requests_count
    unsigned int changes    # of the interface's address
    unsigned int ignored    # answers that are no lease
    Client *next

cdef Client *clients


cdef Client *client_of(const void *interface) noexcept nogil:
    """The client of a `netif`, or NULL."""
    cdef Client *one = clients
    while one != NULL and one.interface != interface:
        one = one.next
    return one


cdef Client *begun(int handle) except NULL:
    """The client of an interface on which one was started."""
    cdef Client *client = client_of(interface_of(handle))
    if client == NULL:
        raise OSError(ENODEV)
    return client


cdef Client *made(int handle) except NULL:
    """The same, or a new one."""
    global clients
    cdef netif *interface = interface_of(handle)
    cdef Client *client = client_of(interface)
    if client == NULL:
        client = <Client *>mirage_network_calloc(1, sizeof(Client))
        if client == NULL:
            raise OSError(ENOMEM)
        client.interface = interface
        client.next = clients
        clients = client
        netif_set_status_callback(interface, changed)
        mirage_network_timers_dhcp()
    return client


cdef void changed(netif *interface) noexcept nogil:
    """What lwIP calls when an interface has another address, or none. The options of a lease end
    with it."""
    cdef Client *client = client_of(interface)
    client.changes += 1
    if netif_ip4_addr(interface).addr == 0:
        client.options_length = 0


cpdef void start(int handle, const char *hostname, const unsigned char[::1] requests) except *:
    """Asks for a lease under that name, `""` for none, with the options of the codes in `requests`
    beside the usual ones."""
    cdef Client *client
    if strlen(hostname) >= NAME:
        raise ValueError("a host name has at most 63 bytes")
    if requests.shape[0] > REQUESTS:
        raise ValueError("at most 32 options can be asked for")
    client = made(handle)
    client.requests_count = <unsigned int>requests.shape[0]
    if client.requests_count:
        memcpy(client.requests, &requests[0], client.requests_count)
    memcpy(client.hostname, hostname, strlen(hostname) + 1)
    client.interface.hostname = client.hostname if hostname[0] else NULL
    mirage_net_take(client.interface)
    if dhcp_start(client.interface) != ERR_OK:
        raise OSError(ENOMEM)


cpdef void stop(int handle) except *:
    """Gives the lease back."""
    dhcp_release_and_stop(begun(handle).interface)


cpdef unsigned int changes(int handle) except? 0:
    """How often the interface's address has changed."""
    return begun(handle).changes


cpdef unsigned int ignored(int handle) except? 0:
    """How many answers were ignored because they tell no lease time, which they have to (RFC 2131,
    table 3), or no subnet mask."""
    return begun(handle).ignored


cpdef bint has_lease(int handle) except? 0:
    """Whether the interface's address is leased."""
    return dhcp_supplied_address(begun(handle).interface) != 0


cdef netif *leased(int handle) except NULL:
    """The interface, which has a lease."""
    cdef netif *interface = begun(handle).interface
    if not dhcp_supplied_address(interface):
        raise OSError(ENODEV)
    return interface


cpdef const char *server(int handle) except NULL:
    """The address of the server that gave the lease."""
    return ipaddr_ntoa(&netif_dhcp_data(leased(handle)).server_ip_addr)


cpdef uint32_t seconds(int handle) except? 0:
    """What the lease is for."""
    return netif_dhcp_data(leased(handle)).offered_t0_lease


cpdef int options(int handle, unsigned char[::1] buffer) except -1:
    """Puts the options that came with the lease, and that are not told otherwise, into `buffer`,
    of 512 bytes: code, length and value of each. Returns how many bytes those are."""
    cdef Client *client = begun(handle)
    if buffer.shape[0] < OPTIONS:
        raise OSError(EINVAL)
    memcpy(&buffer[0], client.options, client.options_length)
    return <int>client.options_length


cdef public void mirage_dhcp_requests(
        void *interface, uint8_t *options, uint16_t *length) noexcept nogil:
    """Adds the codes that a `netif` asks for to the list in a message's options, of so many
    bytes, if there is a list."""
    cdef Client *client = client_of(interface)
    cdef unsigned int at = 0
    cdef unsigned int end
    cdef uint8_t code
    while at < length[0] and options[at] != REQUEST_LIST:
        at += 2 + options[at + 1]
    if at >= length[0]:
        return
    for number in range(client.requests_count):
        code = client.requests[number]
        end = at + 2 + options[at + 1]
        if memchr(&options[at + 2], code, options[at + 1]) == NULL:
            memmove(&options[end + 1], &options[end], length[0] - end)
            options[end] = code
            options[at + 1] += 1
            length[0] += 1


cdef public void mirage_dhcp_ignored(void *interface) noexcept nogil:
    """Counts an answer that is no lease."""
    client_of(interface).ignored += 1


cdef public void mirage_dhcp_option(
        void *interface, uint8_t code, uint8_t length, void *message,
        uint16_t offset) noexcept nogil:
    """Keeps an option of a message that a `netif` got, in the `pbuf` message, at an offset; the
    latest of each code."""
    cdef Client *client = client_of(interface)
    cdef unsigned int at = 0
    cdef unsigned int after
    while at < client.options_length and client.options[at] != code:
        at += 2 + client.options[at + 1]
    if at < client.options_length:
        after = at + 2 + client.options[at + 1]
        memmove(&client.options[at], &client.options[after], client.options_length - after)
        client.options_length -= after - at
    at = client.options_length
    if at + 2 + length > OPTIONS:
        return
    if pbuf_copy_partial(<pbuf *>message, &client.options[at + 2], length, offset) != length:
        return
    client.options[at] = code
    client.options[at + 1] = length
    client.options_length = at + 2 + length
