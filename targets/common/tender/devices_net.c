/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "devices.h"
#include "fail.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <unistd.h>
/* After net/if.h, which declares the same structures. */
#include <linux/ethtool.h>
#include <linux/if_tun.h>
#include <linux/sockios.h>

/* Of a descriptor that is not a tap and so has none to ask for. */
#define DEFAULT_MTU 1500

static struct ifreq request_for(const char *interface)
{
    struct ifreq request;

    memset(&request, 0, sizeof request);
    memcpy(request.ifr_name, interface, strnlen(interface, sizeof request.ifr_name - 1));
    return request;
}

/* Any socket will do to ask about interfaces. */
static int open_socket(void)
{
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    return fd != -1 ? fd : socket(AF_PACKET, SOCK_DGRAM | SOCK_CLOEXEC, 0);
}

/* Opening a tap that does not exist would create one, so look first; errno says what is wrong. */
static bool is_up(int sock, const char *interface)
{
    struct ifreq request = request_for(interface);

    if (ioctl(sock, SIOCGIFFLAGS, &request) == -1) {
        errno = errno == ENODEV ? ENOENT : errno;
        return false;
    }
    errno = ENETDOWN;
    return request.ifr_flags & IFF_UP;
}

/* The host may join received packets into larger ones than a frame of this mtu, which reading would
 * cut off. Best effort: not every tap can be told, and not everyone may tell it. */
static void keep_frames_apart(int sock, const char *interface)
{
    static const uint32_t commands[] = {ETHTOOL_SGRO, ETHTOOL_SGSO};

    for (size_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        struct ethtool_value off = {.cmd = commands[i], .data = 0};
        struct ifreq request = request_for(interface);
        request.ifr_data = (void *)&off;
        ioctl(sock, SIOCETHTOOL, &request);
    }
}

static int interface_mtu(int sock, const char *interface)
{
    struct ifreq request = request_for(interface);

    return ioctl(sock, SIOCGIFMTU, &request) == -1 ? -1 : request.ifr_mtu;
}

/* A descriptor for the tap interface, and its mtu; -1 and errno if it cannot be had. */
static int open_tap(const char *interface, int *mtu)
{
    struct ifreq request = request_for(interface);
    int fd = -1;

    errno = ENAMETOOLONG;
    if (strlen(interface) >= IFNAMSIZ)
        return -1;
    int sock = open_socket();
    if (sock == -1 || !is_up(sock, interface))
        return -1;
    fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK | O_CLOEXEC);
    request.ifr_flags = IFF_TAP | IFF_NO_PI;
    if (fd == -1 || ioctl(fd, TUNSETIFF, &request) == -1)
        return -1;
    /* A name like "tap%d" is a pattern to the kernel. */
    errno = EINVAL;
    if (strncmp(request.ifr_name, interface, sizeof request.ifr_name) != 0)
        return -1;
    *mtu = interface_mtu(sock, interface);
    if (*mtu == -1)
        return -1;
    keep_frames_apart(sock, interface);
    close(sock);
    return fd;
}

/* The mtu of an inherited descriptor: the interface's if it is a tap. */
static int descriptor_mtu(int fd)
{
    struct ifreq request;
    int mtu = -1;

    memset(&request, 0, sizeof request);
    int sock = open_socket();
    if (sock != -1 && ioctl(fd, TUNGETIFF, &request) != -1)
        mtu = interface_mtu(sock, request.ifr_name);
    if (sock != -1)
        close(sock);
    return mtu == -1 ? DEFAULT_MTU : mtu;
}

static int use_descriptor(const char *text, int *mtu)
{
    char *end;
    unsigned long fd = strtoul(text, &end, 10);

    errno = EINVAL;
    if (*text < '0' || *text > '9' || *end != '\0' || fd > INT_MAX)
        return -1;
    /* What was open before the tender has no such flag from it; its own files all do. */
    int flags = fcntl((int)fd, F_GETFD);
    if (flags == -1 || flags & FD_CLOEXEC) {
        errno = EBADF;
        return -1;
    }
    if (fcntl((int)fd, F_SETFL, O_NONBLOCK) == -1)
        return -1;
    *mtu = descriptor_mtu((int)fd);
    return (int)fd;
}

static void attach(struct mft_entry *entry, const char *value, union manifest *manifest)
{
    int mtu = -1;
    int fd = *value == '@' ? use_descriptor(value + 1, &mtu) : open_tap(value, &mtu);

    if (fd == -1)
        fail_errno("Could not attach interface: %s", value);
    if (mtu < 0 || mtu > UINT16_MAX)
        fail("Could not attach interface: %s: an mtu of %d cannot be told to the guest", value,
             mtu);
    manifest_attach(manifest, entry, fd);
    entry->u.net_basic.mtu = (uint16_t)mtu;
}

static int hex_digit(char digit)
{
    if (digit >= '0' && digit <= '9')
        return digit - '0';
    char letter = (char)(digit | 0x20);
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
}

/* "02:00:5e:10:00:01" */
static bool parse_mac(const char *text, uint8_t mac[6])
{
    for (int i = 0; i < 6; i++, text += 3) {
        int high = hex_digit(text[0]);
        int low = high < 0 ? -1 : hex_digit(text[1]);
        if (low < 0 || text[2] != (i < 5 ? ':' : '\0'))
            return false;
        mac[i] = (uint8_t)(high << 4 | low);
    }
    return (mac[0] & 1) == 0; /* a group of stations sends nothing (IEEE 802) */
}

bool devices_net_option(const char *option, union manifest *manifest)
{
    char name[MFT_NAME_SIZE];
    const char *value;

    if ((value = options_device(option, "--net:", name))) {
        attach(manifest_find(manifest, name, MFT_DEV_NET_BASIC), value, manifest);
        return true;
    }
    if ((value = options_device(option, "--net-mac:", name))) {
        uint8_t mac[6];
        if (!parse_mac(value, mac))
            fail("Malformed argument to --net-mac: '%s' is no station's, as 02:00:5e:10:00:01 is",
                 value);
        memcpy(manifest_find(manifest, name, MFT_DEV_NET_BASIC)->u.net_basic.mac, mac, sizeof mac);
        return true;
    }
    return false;
}

void devices_net_finish(struct mft_entry *entry)
{
    static const uint8_t unset[6];
    uint8_t *mac = entry->u.net_basic.mac;

    if (memcmp(mac, unset, sizeof unset) != 0)
        return;
    if (getrandom(mac, sizeof unset, 0) != sizeof unset)
        fail_errno("Could not get random bytes for the address of '%s'", entry->name);
    /* One station's, and locally administered. */
    mac[0] = (uint8_t)((mac[0] & 0xfe) | 0x02);
}
