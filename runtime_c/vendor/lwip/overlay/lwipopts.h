// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* lwipopts.h: what lwIP is inside a unikernel: one thread, IPv4 and IPv6, memory from
 * port/network.c, which bounds the sum; what is bounded here is the share of one peer. */

#ifndef MIRAGE_LWIPOPTS_H
#define MIRAGE_LWIPOPTS_H

// One thread: the event core calls in, nothing waits inside.
#define NO_SYS 1
#define SYS_LIGHTWEIGHT_PROT 0
#define LWIP_NETCONN 0
#define LWIP_SOCKET 0

// Memory: objects of all kinds come from one allocator.
#define MEM_ALIGNMENT 8
#define MEM_CUSTOM_ALLOCATOR 1
#define MEM_CUSTOM_MALLOC mirage_network_malloc
#define MEM_CUSTOM_CALLOC mirage_network_calloc
#define MEM_CUSTOM_FREE mirage_network_free
#define MEMP_MEM_MALLOC 1
#define PBUF_POOL_SIZE 0 // frames are read into buffers as large as the device asks (bindings/net)

// Protocols.
#define LWIP_ETHERNET 1
#define LWIP_ARP 1
#define LWIP_IPV4 1
#define LWIP_IPV6 1
#define LWIP_ICMP 1
#define LWIP_UDP 1
#define LWIP_TCP 1
#define LWIP_DNS 1
#define LWIP_DHCP 1
#define LWIP_DHCP_DOES_ACD_CHECK 0                       // it would put off the start by seconds
#define DHCP_ADD_EXTRA_REQUEST_OPTIONS , 12, 15, 42, 119 // names and NTP servers (RFC 2132, 3397)
#define DHCP_OPTIONS_LEN 312                             // RFC 2131, 2: what every server takes
#define DHCP_COARSE_TIMER_SECS 1                         // leases may be short
#define LWIP_ACD 0
#define LWIP_IPV6_MLD 1
#define LWIP_IPV6_SEND_ROUTER_SOLICIT 1
#define LWIP_IPV6_AUTOCONFIG 1
#define LWIP_IPV6_DUP_DETECT_ATTEMPTS 1
#define LWIP_ND6_RDNSS_MAX_DNS_SERVERS 2
#define LWIP_NETIF_HOSTNAME 1
#define LWIP_NETIF_STATUS_CALLBACK 1
#define LWIP_NETIF_HWADDRHINT 1 // the neighbour of a connection is found without a search
#define LWIP_NETIF_TX_SINGLE_PBUF 0

// Loopback: each interface gives itself what is for its own addresses, for 127.0.0.1 or ::1
// (port/network.c), at most so many packets at a time.
#define LWIP_HAVE_LOOPIF 0
#define LWIP_NETIF_LOOPBACK 1
#define LWIP_LOOPBACK_MAX_PBUFS 128

#define SO_REUSE 1

// Neighbours: a flood of them pushes out the oldest.
#define ARP_TABLE_SIZE 127
#define ARP_QUEUEING 1
#define ARP_QUEUE_LEN 16 // packets that wait for a neighbour; a new one pushes out the oldest
#define LWIP_ND6_NUM_NEIGHBORS 64
#define LWIP_ND6_NUM_DESTINATIONS 64
#define MEMP_NUM_ND6_QUEUE 64

// Fragments: at most a hundred kilobytes of them, for three seconds.
#define IP_REASSEMBLY 1
#define IP_FRAG 1
#define IP_REASS_MAX_PBUFS 64
#define IPV6_FRAG_COPYHEADER 1 // a pointer is longer than what a fragment's header has room for
#define IP_REASS_MAXAGE 3
#define IPV6_REASS_MAXAGE 3

// TCP. With a window of 128 KiB, scaled (RFC 7323), a sender's host cuts segments from large
// pieces; with one below 64 KiB it spends three times as long for each. A chain of buffers whose
// sum is more than 16 bits lwIP splits.
#define TCP_MSS 1460
#define LWIP_WND_SCALE 1
#define TCP_RCV_SCALE 2
#define TCP_WND (90 * TCP_MSS)
#define TCP_WND_UPDATE_THRESHOLD (TCP_WND / 4) // it is opened by as much at once
#define TCP_SND_BUF (32 * TCP_MSS)
#define TCP_SND_QUEUELEN 128
#define TCP_QUEUE_OOSEQ 1
#define TCP_OOSEQ_MAX_BYTES TCP_WND
#define TCP_OOSEQ_MAX_PBUFS 96
#define LWIP_TCP_SACK_OUT 1
#define LWIP_TCP_MAX_SACK_NUM 4
#define TCP_LISTEN_BACKLOG 1
#define LWIP_TCP_KEEPALIVE 1
#define LWIP_TCP_RTO_TIME 1000 // RFC 6298
#define LWIP_RANDOMIZE_INITIAL_LOCAL_PORTS 1
#define MIRAGE_TCP_TIME_WAIT_MOST 256 // patches/0001
#define MIRAGE_TCP_LATE_MOST 16       // patches/0006: a sixth of the window

// Timers are called by port/network_timers.c, and say when they do more than count (patches/0003).
#define MIRAGE_TIMERS 1
#define MIRAGE_TIMERS_QUIET 0xffffffffu

// Counted: segments and datagrams.
#define LWIP_STATS 1
#define LWIP_STATS_LARGE 1
#define LINK_STATS 0
#define ETHARP_STATS 0
#define IP_STATS 0
#define IPFRAG_STATS 0
#define ICMP_STATS 0
#define IP6_STATS 0
#define IP6_FRAG_STATS 0
#define ICMP6_STATS 0
#define MLD6_STATS 0
#define ND6_STATS 0
#define MEM_STATS 0
#define MEMP_STATS 0
#define SYS_STATS 0

// Interfaces have sockets of their own (patches/0004).
#define MIRAGE_SAME_NETIF(a, b)                                                                    \
    ((a)->netif_idx == (b)->netif_idx || (a)->netif_idx == NETIF_NO_INDEX ||                       \
     (b)->netif_idx == NETIF_NO_INDEX)

#define LWIP_DNS_SECURE                                                                            \
    (LWIP_DNS_SECURE_RAND_XID | LWIP_DNS_SECURE_NO_MULTIPLE_OUTSTANDING |                          \
     LWIP_DNS_SECURE_RAND_SRC_PORT)
#define DNS_MAX_SERVERS 4

#define LWIP_HOOK_FILENAME "lwiphooks.h"

#endif
