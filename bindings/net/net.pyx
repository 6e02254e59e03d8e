# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""Network devices: frames between Solo5 and lwIP, or Python.

A frame is read into the buffer that lwIP keeps it in. A short one is copied into a buffer of its
size, so that a peer that sends many does not hold a full buffer with each. A frame is written from
where it lies; only if it lies in parts is it put together first.

Functions take the number of a device, which `acquire` gives.
"""

from libc.stdint cimport uint8_t, uint16_t, uint64_t
from libc.string cimport memcmp, memcpy, memset, strlen

from lwip cimport (
    ERR_BUF,
    ERR_OK,
    NETIF_FLAG_BROADCAST,
    NETIF_FLAG_ETHARP,
    NETIF_FLAG_ETHERNET,
    NETIF_FLAG_LINK_UP,
    NETIF_FLAG_MLD6,
    PBUF_RAM,
    PBUF_RAW,
    err_t,
    etharp_output,
    ethernet_input,
    ip_addr_isany_val,
    ip_addr_t,
    ipaddr_ntoa,
    lwip_stats,
    netif,
    netif_add,
    netif_default,
    netif_get_index,
    netif_set_default,
    netif_set_up,
    pbuf,
    pbuf_alloc,
    pbuf_copy_partial,
    pbuf_free,
    tcp_active_pcbs,
    tcp_batch_begin,
    tcp_batch_end,
    tcp_listen_pcbs,
    tcp_pcb,
    tcp_tw_pcbs,
)
from solo5 cimport (
    SOLO5_R_AGAIN,
    SOLO5_R_OK,
    solo5_handle_t,
    solo5_net_acquire,
    solo5_net_info,
    solo5_net_read,
    solo5_net_write,
    solo5_result_t,
)


cdef extern from "lwipoptional.h" nogil:
    enum:
        DNS_MAX_SERVERS

    const ip_addr_t *dns_getserver(uint8_t number) noexcept

cdef extern from "port/event.h" nogil:
    void mirage_event_register(
        unsigned int handle, bint (*callback)(void *) noexcept nogil, void *context) noexcept

cdef extern from "port/network.h" nogil:
    void mirage_network_start() noexcept
    void *mirage_network_malloc(size_t size) noexcept
    void *mirage_network_calloc(size_t count, size_t size) noexcept
    size_t mirage_network_memory() noexcept
    size_t mirage_network_memory_used() noexcept

cdef extern from "bindings/console.h" nogil:
    void mirage_console_write(const char *text, size_t length) noexcept

cdef extern from "bindings/process.h" nogil:
    void mirage_process_abort() noexcept


cdef enum:
    HANDLES = 64
    ADDRESS = 6
    HEADER = 14
    LEAST = 60
    # Frames taken before others get their turn; the rest waits in the host.
    BATCH = 64
    # A frame of at most this many bytes is moved to a buffer of its size.
    SHORT = 256
    # A device's name in the manifest, with its end.
    NAMED = 68
    # Frames that wait for Python to read them, and bytes of those that the stack has, too.
    WAITING = 64
    SEEN = 128
    LONGEST = 65535
    EIO = 5
    EBADF = 9
    ENOMEM = 12
    EEXIST = 17
    ENODEV = 19
    EINVAL = 22
    EMSGSIZE = 90


cdef struct Device:
    netif interface
    solo5_handle_t handle
    char[NAMED] name
    size_t size             # of the longest frame
    uint8_t[ADDRESS] mac
    bint stacked            # it is lwIP's
    bint taking             # lwIP, which has an address or looks for one, is given frames
    bint listening          # Python reads them
    bint watched            # Python sees the heads of the frames that lwIP is given
    pbuf *spare             # the buffer that the next frame is read into
    uint8_t *gathered       # a frame's parts put together
    pbuf *waiting[WAITING]  # a ring of frames, for Python or whoever comes
    unsigned int first
    unsigned int count
    uint64_t received
    uint64_t received_bytes
    uint64_t sent
    uint64_t sent_bytes
    uint64_t dropped

cdef Device *devices[HANDLES]


cdef Device *opened(int handle) except NULL:
    """The device of a number that `acquire` gave."""
    if handle < 0 or handle >= HANDLES or devices[handle] == NULL:
        raise OSError(EBADF)
    return devices[handle]


cpdef int acquire(const char *name) except -1:
    """The number of the device `name`. OSError if the image declares none such, or if it has been
    acquired already."""
    cdef solo5_handle_t handle = 0
    cdef solo5_net_info info
    cdef Device *device
    if solo5_net_acquire(name, &handle, &info) != SOLO5_R_OK:
        raise OSError(ENODEV)
    if handle >= HANDLES or info.mtu < 68 or info.mtu > LONGEST - HEADER - 4:
        raise OSError(EIO)
    mirage_network_start()
    device = <Device *>mirage_network_calloc(1, sizeof(Device))
    if device == NULL:
        raise OSError(ENOMEM)
    device.gathered = <uint8_t *>mirage_network_malloc(info.mtu + HEADER)
    if device.gathered == NULL:
        raise OSError(ENOMEM)
    device.handle = handle
    device.size = info.mtu + HEADER
    memcpy(device.name, name, min(strlen(name), <size_t>(NAMED - 1)))
    memcpy(device.mac, info.mac_address, ADDRESS)
    devices[handle] = device
    mirage_event_register(<unsigned int>handle, receive, device)
    return <int>handle


cpdef void mac(int handle, unsigned char[::1] address) except *:
    """Puts the device's address into the six bytes of `address`."""
    cdef Device *device = opened(handle)
    if address.shape[0] != ADDRESS:
        raise OSError(EINVAL)
    memcpy(&address[0], device.mac, ADDRESS)


cpdef int mtu(int handle) except -1:
    """Bytes that a frame carries at most, its header not counted."""
    return <int>(opened(handle).size - HEADER)


cpdef uint64_t statistic(int handle, int which) except? 0:
    """Frames received, their bytes, frames sent, their bytes, frames dropped, by number."""
    cdef Device *device = opened(handle)
    if which == 0:
        return device.received
    if which == 1:
        return device.received_bytes
    if which == 2:
        return device.sent
    if which == 3:
        return device.sent_bytes
    if which == 4:
        return device.dropped
    raise OSError(EINVAL)


cpdef uint64_t transport_statistic(int which) except? 0:
    """What TCP and UDP count, by number: segments sent, received, dropped, of these wrong ones;
    connections, ports listened on, connections that are over and still known (TIME-WAIT); datagrams
    sent, received, dropped."""
    if which == 0:
        return lwip_stats.tcp.xmit
    if which == 1:
        return lwip_stats.tcp.recv
    if which == 2:
        return lwip_stats.tcp.drop
    if which == 3:
        return lwip_stats.tcp.chkerr + lwip_stats.tcp.lenerr + lwip_stats.tcp.proterr
    if which == 4:
        return connections(tcp_active_pcbs)
    if which == 5:
        return connections(tcp_listen_pcbs.pcbs)
    if which == 6:
        return connections(tcp_tw_pcbs)
    if which == 7:
        return lwip_stats.udp.xmit
    if which == 8:
        return lwip_stats.udp.recv
    if which == 9:
        return lwip_stats.udp.drop
    raise OSError(EINVAL)


cdef uint64_t connections(const tcp_pcb *first) noexcept nogil:
    cdef uint64_t count = 0
    while first != NULL:
        count += 1
        first = first.next
    return count


cpdef uint64_t memory() noexcept:
    """Bytes of memory that the network may use."""
    return mirage_network_memory()


cpdef uint64_t memory_used() noexcept:
    """Bytes of it in pages that are in use."""
    return mirage_network_memory_used()


# Receiving.

cdef bint receive(void *context) noexcept nogil:
    """Takes what frames there are, up to a batch. Returns whether there were any."""
    cdef Device *device = <Device *>context
    cdef size_t length = 0
    cdef int taken = 0
    cdef uint8_t *room
    cdef solo5_result_t result
    tcp_batch_begin()
    while taken < BATCH:
        if device.spare == NULL:
            device.spare = pbuf_alloc(PBUF_RAW, <uint16_t>device.size, PBUF_RAM)
        # No memory: the frame is read, so that the device does not stay ready, and lost.
        room = device.gathered if device.spare == NULL else <uint8_t *>device.spare.payload
        result = solo5_net_read(device.handle, room, device.size, &length)
        if result == SOLO5_R_AGAIN:
            break
        if result != SOLO5_R_OK or length == 0:
            gone(device)
        if device.spare == NULL:
            device.dropped += 1
        else:
            accept(device, length)
        taken += 1
    tcp_batch_end()
    return taken > 0


cdef void gone(Device *device) noexcept nogil:
    """Ends the unikernel: the host has taken the device away (its tap was deleted, or the other end
    of its socket closed), which makes it ready for ever. Whoever started the unikernel may give it
    another one."""
    say(b"net: the host has taken the device '")
    say(device.name)
    say(b"' away\n")
    mirage_process_abort()


cdef void say(const char *text) noexcept nogil:
    mirage_console_write(text, strlen(text))


cdef void accept(Device *device, size_t length) noexcept nogil:
    """Passes on the frame of `length` bytes that is in the spare buffer, if it is for us."""
    cdef const uint8_t *frame = <const uint8_t *>device.spare.payload
    cdef pbuf *buffer
    cdef size_t padded
    if length <= HEADER or length > device.size or not (
            frame[0] & 1 or memcmp(frame, device.mac, ADDRESS) == 0):
        device.dropped += 1
        return
    if length <= SHORT:
        # lwIP relies on Ethernet's least length, which a tap does not keep to.
        padded = max(length, <size_t>LEAST)
        buffer = pbuf_alloc(PBUF_RAW, <uint16_t>padded, PBUF_RAM)
        if buffer == NULL:
            device.dropped += 1
            return
        memcpy(buffer.payload, frame, length)
        memset(<uint8_t *>buffer.payload + length, 0, padded - length)
    else:
        buffer = device.spare
        buffer.len = buffer.tot_len = <uint16_t>length
        device.spare = NULL
    device.received += 1
    device.received_bytes += length
    if device.taking:
        give(device, buffer)
    elif device.count < WAITING:
        buffer.len = buffer.tot_len = <uint16_t>length
        keep(device, buffer)
    else:
        device.dropped += 1
        pbuf_free(buffer)


cdef void give(Device *device, pbuf *buffer) noexcept nogil:
    """Passes a frame to lwIP."""
    if device.watched:
        show(device, buffer)
    if device.interface.input(buffer, &device.interface) != ERR_OK:
        pbuf_free(buffer)


cdef void take(Device *device) noexcept nogil:
    """Passes to lwIP what frames wait and all that come: who asked for the image while it started
    is answered."""
    cdef pbuf *buffer
    if device.taking:
        return
    device.taking = True
    while device.count:
        buffer = next_waiting(device)
        if buffer.len < LEAST:  # it is as long as that behind its end, and zero there
            buffer.len = buffer.tot_len = LEAST
        give(device, buffer)


cdef pbuf *next_waiting(Device *device) noexcept nogil:
    cdef pbuf *buffer = device.waiting[device.first]
    device.first = (device.first + 1) % WAITING
    device.count -= 1
    return buffer


cdef void keep(Device *device, pbuf *buffer) noexcept nogil:
    """Lets a frame wait."""
    device.waiting[(device.first + device.count) % WAITING] = buffer
    device.count += 1


cdef void show(Device *device, const pbuf *frame) noexcept nogil:
    """Lets a copy of a frame's head wait for Python, if there is room."""
    cdef uint16_t length = min(frame.tot_len, <uint16_t>SEEN)
    cdef pbuf *head
    if device.count == WAITING:
        return
    head = pbuf_alloc(PBUF_RAW, length, PBUF_RAM)
    if head != NULL:
        pbuf_copy_partial(frame, head.payload, length, 0)
        keep(device, head)


cpdef void watch(int handle) except *:
    """Lets `read` see the first 128 bytes of each frame that the stack is given, as far as it
    keeps up."""
    cdef Device *device = attached(handle)
    take(device)
    device.watched = True


cpdef void listen(int handle) except *:
    """Lets `read` have the frames. OSError if a stack has them."""
    cdef Device *device = opened(handle)
    if device.stacked:
        raise OSError(EEXIST)
    device.listening = True


cpdef int waiting(int handle) except -1:
    """How many frames wait for `read`."""
    return <int>opened(handle).count


cpdef int read(int handle, unsigned char[::1] frame) except -1:
    """Puts the next frame into `frame`, which holds the longest. Returns its length, 0 if there is
    none."""
    cdef Device *device = opened(handle)
    cdef pbuf *buffer
    cdef int length
    if <size_t>frame.shape[0] < device.size:
        raise OSError(EINVAL)
    if device.count == 0:
        return 0
    buffer = next_waiting(device)
    length = pbuf_copy_partial(buffer, &frame[0], buffer.tot_len, 0)
    pbuf_free(buffer)
    return length


# Sending.

cdef err_t send(Device *device, const uint8_t *frame, size_t length) noexcept nogil:
    cdef int result = solo5_net_write(device.handle, frame, length)
    if result == SOLO5_R_OK:
        device.sent += 1
        device.sent_bytes += length
        return ERR_OK
    device.dropped += 1
    return ERR_BUF


cdef err_t transmit(netif *interface, pbuf *buffer) noexcept nogil:
    """What lwIP sends a frame by."""
    cdef Device *device = <Device *>interface.state
    if buffer.tot_len > device.size:
        return ERR_BUF
    if buffer.len == buffer.tot_len:
        return send(device, <const uint8_t *>buffer.payload, buffer.len)
    pbuf_copy_partial(buffer, device.gathered, buffer.tot_len, 0)
    return send(device, device.gathered, buffer.tot_len)


cpdef void write(int handle, const unsigned char[::1] frame) except *:
    """Sends a frame, header included. OSError if it is too long or the device fails."""
    cdef Device *device = opened(handle)
    if <size_t>frame.shape[0] > device.size or frame.shape[0] <= HEADER:
        raise OSError(EMSGSIZE)
    if send(device, &frame[0], frame.shape[0]) != ERR_OK:
        raise OSError(EIO)


# The stack above it.

cdef err_t describe(netif *interface) noexcept nogil:
    """Tells lwIP what the device is."""
    cdef Device *device = <Device *>interface.state
    interface.name[0] = c"e"
    interface.name[1] = c"n"
    interface.mtu = <uint16_t>(device.size - HEADER)
    interface.hwaddr_len = ADDRESS
    memcpy(interface.hwaddr, device.mac, ADDRESS)
    interface.output = etharp_output
    interface.linkoutput = transmit
    interface.flags = (NETIF_FLAG_BROADCAST | NETIF_FLAG_ETHERNET | NETIF_FLAG_LINK_UP
                       | NETIF_FLAG_MLD6)
    return ERR_OK


cpdef void attach(int handle) except *:
    """Gives the device to lwIP, without addresses, until which frames wait. The first is where the
    default route goes."""
    cdef Device *device = opened(handle)
    if device.stacked or device.listening:
        raise OSError(EEXIST)
    if netif_add(&device.interface, NULL, NULL, NULL, device, describe, ethernet_input) == NULL:
        raise OSError(ENOMEM)
    if netif_default == NULL:
        netif_set_default(&device.interface)
    netif_set_up(&device.interface)
    device.stacked = True


cdef Device *attached(int handle) except NULL:
    """The device of that number, which lwIP has."""
    cdef Device *device = opened(handle)
    if not device.stacked:
        raise OSError(ENODEV)
    return device


cdef public void *mirage_net_interface(int handle) noexcept nogil:
    """The `netif` of a device, NULL if lwIP has none of that number."""
    if handle < 0 or handle >= HANDLES or devices[handle] == NULL or not devices[handle].stacked:
        return NULL
    return &devices[handle].interface


cdef public void mirage_net_take(void *interface) noexcept nogil:
    """Passes to lwIP what frames wait for a `netif` and all that come."""
    take(<Device *>(<netif *>interface).state)


cdef public int mirage_net_drop(void *packet, void *interface) noexcept nogil:
    """Frees a packet that a `netif` got, and counts it. Returns True."""
    (<Device *>(<netif *>interface).state).dropped += 1
    pbuf_free(<pbuf *>packet)
    return True


cpdef int index(int handle) except -1:
    """The number of the interface, for `SO_BINDTODEVICE`."""
    return netif_get_index(&attached(handle).interface)


cpdef void enable_arp(int handle) except *:
    """Lets IPv4 and ARP in and out."""
    attached(handle).interface.flags |= NETIF_FLAG_ETHARP


# Name servers, for `socket.getaddrinfo`.

cpdef const char *name_server(int number) except *:
    """The address of the server of that number, None if there is none."""
    if number < 0 or number >= DNS_MAX_SERVERS or ip_addr_isany_val(
            dns_getserver(<uint8_t>number)[0]):
        return NULL
    return ipaddr_ntoa(dns_getserver(<uint8_t>number))
