/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * answers.c: the least that a server of TCP can do, as an image in C. Each segment of IPv4 is
 * answered out of itself (RFC 9293): a connection is accepted, a request gets one and the same
 * response, an end is agreed to. It keeps no state, checks nothing and sends nothing again. */

#include "solo5.h"

enum { FIN = 1, SYN = 2, RST = 4, PSH = 8, ACK = 16 };
enum { ETHERNET = 14, IP = 20, TCP = 20, HEADERS = ETHERNET + IP + TCP };

static const char response[] =
    "HTTP/1.1 200 OK\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Length: 20\r\n\r\n"
    "hello mirage world!\n";

static uint8_t frame[2048];

static uint32_t load(const uint8_t *at, int bytes)
{
    uint32_t value = 0;
    while (bytes-- > 0)
        value = value << 8 | *at++;
    return value;
}

static void store(uint8_t *at, int bytes, uint32_t value)
{
    for (; bytes-- > 0; value >>= 8)
        at[bytes] = (uint8_t)value;
}

static void exchange(uint8_t *one, int bytes)
{
    for (uint8_t *other = one + bytes; bytes-- > 0; one++, other++) {
        uint8_t byte = *one;
        *one = *other;
        *other = byte;
    }
}

/* The Internet checksum (RFC 1071) of an even or odd number of bytes, on top of `sum`. */
static uint16_t checksum(const uint8_t *at, int bytes, uint32_t sum)
{
    for (; bytes > 1; bytes -= 2, at += 2)
        sum += load(at, 2);
    if (bytes)
        sum += (uint32_t)*at << 8;
    while (sum >> 16)
        sum = (sum & 0xffff) + (sum >> 16);
    return (uint16_t)~sum;
}

/* The bytes of the answer that `frame` has become, or 0 if it needs none. */
static size_t answer(size_t size)
{
    uint8_t *ip = frame + ETHERNET, *tcp = ip + IP;
    if (size < HEADERS || load(frame + 12, 2) != 0x0800 || ip[0] != 0x45 || ip[9] != 6)
        return 0;
    int came = (int)load(ip + 2, 2) - IP - (tcp[12] >> 4) * 4, goes = 0;
    uint32_t sequence = load(tcp + 4, 4), next = load(tcp + 8, 4);
    uint8_t flags = tcp[13];
    if (flags & RST || (came <= 0 && !(flags & (SYN | FIN))))
        return 0;
    exchange(frame, SOLO5_NET_ALEN);
    exchange(ip + 12, 4);
    exchange(tcp, 2);
    if (came > 0) {
        goes = sizeof response - 1;
        for (int i = 0; i < goes; i++)
            tcp[TCP + i] = (uint8_t)response[i];
    }
    store(tcp + 4, 4, next);
    store(tcp + 8, 4, sequence + (uint32_t)came + (flags & (SYN | FIN) ? 1 : 0));
    tcp[12] = TCP / 4 << 4;
    tcp[13] = ACK | (flags & (SYN | FIN)) | (goes ? PSH : 0);
    store(tcp + 14, 2, 0xffff);
    store(tcp + 16, 4, 0);
    store(tcp + 16, 2, checksum(tcp, TCP + goes, load(ip + 12, 2) + load(ip + 14, 2) +
                                                     load(ip + 16, 2) + load(ip + 18, 2) + 6 +
                                                     (uint32_t)(TCP + goes)));
    store(ip + 2, 2, (uint32_t)(IP + TCP + goes));
    store(ip + 10, 2, 0);
    store(ip + 10, 2, checksum(ip, IP, 0));
    return (size_t)(HEADERS + goes);
}

int solo5_app_main(const struct solo5_start_info *info)
{
    struct solo5_net_info device;
    solo5_handle_t handle;
    size_t size;

    (void)info;
    if (solo5_net_acquire("service", &handle, &device) != SOLO5_R_OK)
        return 1;
    for (;;) {
        if (solo5_net_read(handle, frame, sizeof frame, &size) != SOLO5_R_OK)
            solo5_yield(solo5_clock_monotonic() + 1000000000ull, NULL);
        else if ((size = answer(size)) > 0)
            solo5_net_write(handle, frame, size);
    }
}
