/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * pings.c: the network device `service`, and `other` if there is one. Asks the kernel at the other
 * end for its address, 10.0.0.1 and 10.1.0.1, and pings it. The arguments: how many pings for each
 * device, how many of them are under way at a time, and how many bytes each has, or `full` for as
 * many as a frame takes. Every answer has to come, as it was sent. Networks lose frames, of hosts
 * under load above all: a few pings may be sent again. */

#include "program.h"

#define SECOND 1000000000ull
#define ARP 0x0806
#define IPV4 0x0800
#define ECHO_REQUEST 8
#define ECHO_REPLY 0
#define ECHO_HEADERS 28 /* of IPv4 and ICMP */
#define MOST 5000

struct device {
    solo5_handle_t handle;
    struct solo5_net_info info;
    uint8_t own[4], peer[4], peer_mac[SOLO5_NET_ALEN];
    unsigned sent, received, lost;
    bool answered[MOST];
};

static struct device devices[2];
static unsigned device_count, count, window, size;
static uint8_t frame[65536];

static void copy(uint8_t *to, const uint8_t *from, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        to[i] = from[i];
}

static bool same(const uint8_t *a, const uint8_t *b, size_t bytes)
{
    for (size_t i = 0; i < bytes; i++)
        if (a[i] != b[i])
            return false;
    return true;
}

static void put(uint8_t *at, unsigned value)
{
    at[0] = (uint8_t)(value >> 8);
    at[1] = (uint8_t)value;
}

static unsigned get(const uint8_t *at)
{
    return (unsigned)at[0] << 8 | at[1];
}

static unsigned checksum(const uint8_t *at, size_t bytes)
{
    uint32_t sum = 0;

    for (size_t i = 0; i + 1 < bytes; i += 2)
        sum += get(at + i);
    if (bytes % 2)
        sum += (unsigned)at[bytes - 1] << 8;
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return ~sum & 0xffff;
}

static uint8_t pattern(unsigned number, unsigned at)
{
    return (uint8_t)(number * 31 + at * 7 + (at >> 8) + 1);
}

static void send(struct device *device, const uint8_t *to, unsigned type, size_t bytes)
{
    copy(frame, to, SOLO5_NET_ALEN);
    copy(frame + SOLO5_NET_ALEN, device->info.mac_address, SOLO5_NET_ALEN);
    put(frame + 12, type);
    CHECK(solo5_net_write(device->handle, frame, SOLO5_NET_HLEN + bytes) == SOLO5_R_OK);
}

static void send_arp(struct device *device, const uint8_t *to, unsigned operation)
{
    static const uint8_t head[] = {0, 1, 8, 0, 6, 4}; /* IPv4 over Ethernet */
    uint8_t *arp = frame + SOLO5_NET_HLEN;

    copy(arp, head, sizeof head);
    put(arp + 6, operation);
    copy(arp + 8, device->info.mac_address, SOLO5_NET_ALEN);
    copy(arp + 14, device->own, 4);
    copy(arp + 18, to, SOLO5_NET_ALEN);
    copy(arp + 24, device->peer, 4);
    send(device, to, ARP, 28);
}

static void send_ping(struct device *device, unsigned number)
{
    uint8_t *ip = frame + SOLO5_NET_HLEN, *icmp = ip + 20;

    for (unsigned i = 0; i < ECHO_HEADERS; i++)
        ip[i] = 0;
    ip[0] = 0x45;
    put(ip + 2, ECHO_HEADERS + size);
    ip[8] = 64; /* hops */
    ip[9] = 1;  /* ICMP */
    copy(ip + 12, device->own, 4);
    copy(ip + 16, device->peer, 4);
    put(ip + 10, checksum(ip, 20));
    icmp[0] = ECHO_REQUEST;
    put(icmp + 4, 0xbeef);
    put(icmp + 6, number);
    for (unsigned i = 0; i < size; i++)
        icmp[8 + i] = pattern(number, i);
    put(icmp + 2, checksum(icmp, 8 + size));
    send(device, device->peer_mac, IPV4, ECHO_HEADERS + size);
}

static void receive_arp(struct device *device, const uint8_t *arp)
{
    if (!same(arp + 14, device->peer, 4) || !same(arp + 24, device->own, 4))
        return;
    copy(device->peer_mac, arp + 8, SOLO5_NET_ALEN);
    if (get(arp + 6) == 1)
        send_arp(device, device->peer_mac, 2);
}

static void receive_ip(struct device *device, const uint8_t *ip, size_t bytes)
{
    const uint8_t *icmp = ip + 20;
    unsigned number = get(icmp + 6);

    if (ip[9] != 1 || icmp[0] != ECHO_REPLY || get(icmp + 4) != 0xbeef)
        return;
    CHECK(same(ip + 12, device->peer, 4) && same(ip + 16, device->own, 4));
    CHECK(bytes == SOLO5_NET_HLEN + ECHO_HEADERS + size || bytes == 60);
    CHECK(get(ip + 2) == ECHO_HEADERS + size && checksum(icmp, 8 + size) == 0);
    CHECK(number < device->sent);
    for (unsigned i = 0; i < size; i++)
        CHECK(icmp[8 + i] == pattern(number, i));
    device->received += !device->answered[number];
    device->answered[number] = true;
}

/* Takes a frame, if there is one. */
static bool receive(struct device *device)
{
    size_t bytes = 0;
    solo5_result_t result = solo5_net_read(device->handle, frame, sizeof frame, &bytes);

    if (result == SOLO5_R_AGAIN)
        return false;
    CHECK(result == SOLO5_R_OK);
    CHECK(bytes >= SOLO5_NET_HLEN && bytes <= device->info.mtu + SOLO5_NET_HLEN);
    if (get(frame + 12) == ARP)
        receive_arp(device, frame + SOLO5_NET_HLEN);
    else if (get(frame + 12) == IPV4)
        receive_ip(device, frame + SOLO5_NET_HLEN, bytes);
    return true;
}

/* Sleeps until something has come, and takes all of it. False if the time is over. */
static bool wait(solo5_time_t deadline)
{
    solo5_handle_set_t ready = 0, ours = 0;

    solo5_yield(deadline, &ready);
    for (unsigned i = 0; i < device_count; i++) {
        solo5_handle_set_t bit = (solo5_handle_set_t)1 << devices[i].handle;
        ours |= bit;
        if (ready & bit)
            CHECK(receive(&devices[i])); /* It said so. */
        while (receive(&devices[i]))
            ;
    }
    CHECK((ready & ~ours) == 0);
    return ready != 0 || solo5_clock_monotonic() < deadline;
}

static bool acquire(const char *name, uint8_t network)
{
    struct device *device = &devices[device_count];
    const uint8_t own[] = {10, network, 0, 2}, peer[] = {10, network, 0, 1};

    if (solo5_net_acquire(name, &device->handle, &device->info) != SOLO5_R_OK)
        return false;
    device_count++;
    copy(device->own, own, sizeof own);
    copy(device->peer, peer, sizeof peer);
    print("mtu ");
    print_number(device->info.mtu);
    print("\n");
    return true;
}

static void find_peer(struct device *device)
{
    static const uint8_t all[] = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff}, nobody[SOLO5_NET_ALEN];

    for (int tries = 0; tries < 5 && same(device->peer_mac, nobody, sizeof nobody); tries++) {
        solo5_time_t deadline = solo5_clock_monotonic() + SECOND;

        send_arp(device, all, 1);
        while (same(device->peer_mac, nobody, sizeof nobody) && wait(deadline))
            ;
    }
    CHECK(!same(device->peer_mac, nobody, sizeof nobody));
}

/* Sends what is unanswered once more: nothing has come for a second. */
static void send_again(struct device *device)
{
    for (unsigned number = 0; number < device->sent; number++)
        if (!device->answered[number]) {
            send_ping(device, number);
            CHECK(++device->lost <= count / 4);
        }
}

/* A number, or `full`: 0. What follows it is left in `at`. */
static unsigned argument(const char **at)
{
    unsigned value = 0;

    while (**at == ' ')
        ++*at;
    for (; **at && **at != ' '; ++*at)
        if (**at >= '0' && **at <= '9')
            value = value * 10 + (unsigned)(**at - '0');
    return value;
}

int solo5_app_main(const struct solo5_start_info *info)
{
    const char *arguments = info->cmdline;
    unsigned done;

    count = argument(&arguments), window = argument(&arguments), size = argument(&arguments);
    CHECK(count <= MOST && window > 0);
    CHECK(acquire("service", 0));
    acquire("other", 1);
    size = size ? size : (unsigned)devices[0].info.mtu - ECHO_HEADERS;
    for (unsigned i = 0; i < device_count; i++) {
        size_t most = devices[i].info.mtu + SOLO5_NET_HLEN;
        CHECK(solo5_net_write(devices[i].handle, frame, most + 1) == SOLO5_R_EINVAL);
        find_peer(&devices[i]);
    }
    for (;;) {
        done = 0;
        for (unsigned i = 0; i < device_count; i++) {
            struct device *device = &devices[i];
            while (device->sent < count && device->sent - device->received < window)
                send_ping(device, device->sent++);
            done += device->received == count;
        }
        if (done == device_count)
            break;
        if (!wait(solo5_clock_monotonic() + SECOND))
            for (unsigned i = 0; i < device_count; i++)
                send_again(&devices[i]);
    }
    return success();
}
