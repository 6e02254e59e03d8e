/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * peer.c: the other end of a guest that runs programs/echo.c, on the host side of a tap interface.
 *
 *     peer INTERFACE SIZE COUNT WINDOW     sends COUNT frames of SIZE bytes of content, at most
 *                                          WINDOW ahead of the answers, and checks each answer
 *     peer INTERFACE wait                  waits until the interface has a guest
 *
 * Frames have the ethertype for experiments and begin with their number; number 0, which ends the
 * guest, comes last. */

#include <arpa/inet.h>
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define ETHERTYPE 0x88b5
#define HEADER 14
static const uint8_t host[6] = {2, 0, 0, 0, 0, 1}, guest[6] = {2, 0, 0, 0, 0, 2};

static void die(const char *what)
{
    perror(what);
    exit(1);
}

static int open_link(const char *interface)
{
    int fd = socket(AF_PACKET, SOCK_RAW, htons(ETHERTYPE));
    struct sockaddr_ll address = {.sll_family = AF_PACKET,
                                  .sll_protocol = htons(ETHERTYPE),
                                  .sll_ifindex = (int)if_nametoindex(interface)};
    struct timeval patience = {.tv_sec = 20};
    int room = 1 << 22;

    if (fd == -1 || bind(fd, (struct sockaddr *)&address, sizeof address) == -1)
        die(interface);
    setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, &room, sizeof room);
    return fd;
}

/* A tap has a carrier while a tender has it open. */
static void wait_for_guest(const char *interface)
{
    char path[64], carrier = '0';

    snprintf(path, sizeof path, "/sys/class/net/%s/carrier", interface);
    for (int tries = 0; tries < 2000 && carrier != '1'; tries++) {
        FILE *file = fopen(path, "r");
        if (!file || fread(&carrier, 1, 1, file) != 1)
            carrier = '0';
        if (file)
            fclose(file);
        usleep(10000);
    }
    if (carrier != '1')
        exit(2);
}

static void fill(uint8_t *frame, size_t size, uint32_t number, const uint8_t *to,
                 const uint8_t *from)
{
    memcpy(frame, to, 6);
    memcpy(frame + 6, from, 6);
    frame[12] = ETHERTYPE >> 8, frame[13] = ETHERTYPE & 0xff;
    for (size_t i = 0; i < size; i++)
        frame[HEADER + i] = (uint8_t)(number * 13 + i * 7);
    /* Its first byte is 0 for the last only. */
    frame[HEADER] = number != 0;
    memcpy(frame + HEADER + 1, &number, sizeof number);
}

static void expect(int fd, size_t size, uint32_t number)
{
    uint8_t got[70000], wanted[70000];

    fill(wanted, size, number, host, guest);
    do {
        ssize_t length = recv(fd, got, sizeof got, 0);
        if (length == -1)
            die("recv");
        /* What this end sent is seen as well. */
        if (memcmp(got, guest, 6) == 0)
            continue;
        if ((size_t)length != HEADER + size || memcmp(got, wanted, (size_t)length) != 0) {
            fprintf(stderr, "answer %u is wrong\n", number);
            exit(1);
        }
        return;
    } while (1);
}

static void send_frame(int fd, size_t size, uint32_t number)
{
    uint8_t frame[70000];

    fill(frame, size, number, guest, host);
    if (send(fd, frame, HEADER + size, 0) == -1)
        die("send");
}

int main(int argc, char **argv)
{
    if (argc == 3) {
        wait_for_guest(argv[1]);
        return 0;
    }
    if (argc != 5)
        return 2;
    int fd = open_link(argv[1]);
    size_t size = (size_t)atoi(argv[2]);
    uint32_t count = (uint32_t)atoi(argv[3]), window = (uint32_t)atoi(argv[4]);
    for (uint32_t sent = 0, answered = 0; answered < count; answered++) {
        for (; sent < count && sent < answered + window; sent++)
            send_frame(fd, size, sent + 1);
        expect(fd, size, answered + 1);
    }
    send_frame(fd, size, 0);
    expect(fd, size, 0);
    printf("%u frames answered\n", count + 1);
    return 0;
}
