/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * stub.c: mirage-hvt-debug, which does what gdb says. What gdb sends is checked like what a guest
 * sends: whoever is first at the port is let in.
 */

#include "../../../common/tender/fail.h"
#include "../debugger.h"
#include "memory.h"
#include "packet.h"
#include "points.h"
#include "registers.h"
#include "traps.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#define DEFAULT_PORT 1234
#define PART 1024 /* bytes of memory in one packet */
#define ERROR "E01"
#define UNKNOWN ""
#define SOFTWARE 0 /* the kind of a breakpoint that is a trap */

static uint16_t port; /* 0: nobody asked for a debugger */
static const struct vm *vm;
static const struct guest *guest;
static char description[REGISTERS_DESCRIPTION];

static bool option(const char *text)
{
    static const char with_port[] = "--gdb-port=";
    char *end;

    if (strcmp(text, "--gdb") == 0) {
        port = port ? port : DEFAULT_PORT;
        return true;
    }
    if (strncmp(text, with_port, sizeof with_port - 1) != 0)
        return false;
    const char *number = text + sizeof with_port - 1;
    unsigned long wanted = strtoul(number, &end, 10);
    if (*number < '0' || *number > '9' || *end != '\0' || wanted == 0 || wanted > UINT16_MAX)
        fail("Malformed argument to --gdb-port");
    port = (uint16_t)wanted;
    return true;
}

const struct options_tender debugger_tender = {
    .name = "mirage-hvt-debug",
    .target = "hvt",
    .abi_version = HVT_ABI_VERSION,
    .option = option,
    .help = "  --gdb                       wait for gdb before the guest starts\n"
            "  --gdb-port=PORT             at this port of 127.0.0.1 (default: 1234)\n",
};

static bool attached(void)
{
    return packet_descriptor() != -1;
}

/* So that KVM_RUN returns, even if it is only about to begin. */
static void wake_up(int number)
{
    (void)number;
    vm->run->immediate_exit = 1;
}

void debugger_connect(const struct vm *its_vm, const struct guest *its_guest)
{
    struct sigaction action = {.sa_handler = wake_up};

    if (!port)
        return;
    vm = its_vm;
    guest = its_guest;
    registers_describe(description);
    packet_connect(port);
    points_set(vm, false);
    /* gdb has something to say while the guest runs: that it is to stop. */
    int fd = packet_descriptor();
    if (sigaction(SIGIO, &action, NULL) == -1 || fcntl(fd, F_SETOWN, getpid()) == -1 ||
        fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_ASYNC) == -1)
        fail_errno("could not ask for signals from gdb");
}

void debugger_allow_requests(struct seccomp *filter, const struct vm *its_vm)
{
    static const unsigned long requests[] = {
        KVM_SET_REGS, KVM_GET_SREGS, KVM_GET_FPU, KVM_SET_FPU, KVM_SET_GUEST_DEBUG, KVM_TRANSLATE,
    };

    for (size_t i = 0; attached() && i < sizeof requests / sizeof requests[0]; i++) {
        seccomp_rule_begin(filter);
        seccomp_equal(filter, 0, (uint64_t)its_vm->processor);
        seccomp_equal(filter, 1, requests[i]);
        seccomp_rule_end(filter);
    }
}

void debugger_allow_calls(struct seccomp *filter)
{
    static const unsigned calls[] = {__NR_recvfrom, __NR_sendto, __NR_close};
    static const unsigned long protections[] = {PROT_READ, PROT_READ | PROT_WRITE};

    if (!attached())
        return;
    for (size_t i = 0; i < sizeof calls / sizeof calls[0]; i++)
        seccomp_allow_equal(filter, calls[i], 0, (uint64_t)packet_descriptor());
    seccomp_allow(filter, __NR_rt_sigreturn);
    seccomp_call_begin(filter, __NR_mprotect);
    for (size_t i = 0; i < sizeof protections / sizeof protections[0]; i++) {
        seccomp_rule_begin(filter);
        seccomp_equal(filter, 1, GUEST_PAGE);
        seccomp_equal(filter, 2, protections[i]);
        seccomp_rule_end(filter);
    }
    seccomp_call_end(filter);
}

/* Numbers in hexadecimal, each ended by one character of `ends`; what follows goes to `*rest`. */
static bool numbers(const char *text, const char *ends, unsigned long *values, const char **rest)
{
    for (; *ends; ends++) {
        char *end;
        if (*text == '-' || *text == '+' || *text == ' ')
            return false;
        *values++ = strtoul(text, &end, 16);
        if (end == text || (*end != *ends && !(*ends == '$' && *end == '\0')))
            return false;
        text = *end ? end + 1 : end;
    }
    *rest = text;
    return true;
}

static const char *read_memory(const char *text)
{
    static char digits[2 * PART + 1];
    uint8_t data[PART];
    unsigned long at[2];

    if (!numbers(text, ",$", at, &text) || at[1] > sizeof data ||
        !memory_read(vm, guest, at[0], data, at[1]))
        return ERROR;
    traps_hide(at[0], data, at[1]);
    packet_encode(digits, data, at[1]);
    return digits;
}

static const char *write_memory(const char *text)
{
    uint8_t data[PART];
    unsigned long at[2];

    if (!numbers(text, ",:", at, &text) || at[1] > sizeof data ||
        !packet_decode(data, text, at[1]) || !memory_write(vm, guest, at[0], data, at[1]))
        return ERROR;
    return "OK";
}

static const char *read_registers(void)
{
    static char digits[REGISTERS_TEXT];

    registers_read(vm, digits);
    return digits;
}

static const char *write_register(const char *text)
{
    unsigned long number;

    return numbers(text, "=", &number, &text) && registers_write(vm, number, text) ? "OK" : ERROR;
}

static const char *change_points(const char *text, bool add)
{
    unsigned long about[3]; /* kind, address, size */

    if (!numbers(text, ",,$", about, &text))
        return ERROR;
    if (about[0] != SOFTWARE && !points_know(about[0]))
        return UNKNOWN;
    if (add) {
        bool added = about[0] == SOFTWARE
                         ? traps_add(vm, guest, about[1])
                         : points_add((enum point_kind)about[0], about[1], about[2]);
        return added ? "OK" : ERROR;
    }
    if (about[0] == SOFTWARE)
        traps_remove(about[1]);
    else
        points_remove((enum point_kind)about[0], about[1], about[2]);
    return "OK";
}

/* The part of the description that gdb asks for: `l` before the last, `m` before others. */
static const char *describe(const char *text)
{
    static char part[PART + 2];
    unsigned long at[2];
    size_t size = strlen(description);

    if (!numbers(text, ",$", at, &text) || at[0] > size)
        return ERROR;
    size_t left = size - at[0];
    size_t wanted = at[1] < PART ? at[1] : PART;
    size_t taken = left < wanted ? left : wanted;
    part[0] = taken == left ? 'l' : 'm';
    memcpy(part + 1, description + at[0], taken);
    part[1 + taken] = '\0';
    return part;
}

static const char *query(const char *text)
{
    static const char features[] = "Xfer:features:read:target.xml:";

    if (strncmp(text, "Supported", 9) == 0)
        return "PacketSize=800;qXfer:features:read+;swbreak+;hwbreak+";
    if (strncmp(text, features, sizeof features - 1) == 0)
        return describe(text + sizeof features - 1);
    return strcmp(text, "Attached") == 0 ? "1" : UNKNOWN;
}

static const char *answer(const char *packet)
{
    switch (packet[0]) {
    case '?':
        return "S05";
    case 'g':
        return read_registers();
    case 'P':
        return write_register(packet + 1);
    case 'm':
        return read_memory(packet + 1);
    case 'M':
        return write_memory(packet + 1);
    case 'Z':
        return change_points(packet + 1, true);
    case 'z':
        return change_points(packet + 1, false);
    case 'q':
        return query(packet + 1);
    case 'H':
        return "OK"; /* the one thread that there is */
    default:
        return UNKNOWN;
    }
}

static void detach(void)
{
    traps_clear();
    points_clear();
    points_set(vm, false);
    packet_write("OK");
    packet_close();
}

/* Does what gdb says until that is to go on. */
static void converse(void)
{
    for (;;) {
        const char *packet = packet_read();
        switch (packet[0]) {
        case 'c':
        case 'C':
        case 's':
        case 'S':
            points_set(vm, packet[0] == 's' || packet[0] == 'S');
            /* For what came together with the packet there is no signal: look once. */
            vm->run->immediate_exit = 1;
            return;
        case 'D':
            detach();
            return;
        case 'k':
            fail("killed by the debugger");
        default:
            packet_write(answer(packet));
        }
    }
}

void debugger_begin(void)
{
    if (attached())
        converse();
}

void debugger_interrupted(void)
{
    if (vm)
        vm->run->immediate_exit = 0;
    if (!attached() || !packet_interrupted())
        return;
    packet_printf("S%02x", SIGINT);
    converse();
}

/* Where debug registers stopped the processor, in gdb's words. */
static void tell_point(void)
{
    uint64_t address;
    const char *hit = points_hit(vm, &address);

    if (hit)
        packet_printf("T%02x%s:%llx;", SIGTRAP, hit, (unsigned long long)address);
    else
        packet_printf("T%02x%s", SIGTRAP, points_at(vm->run->debug.arch.pc) ? "hwbreak:;" : "");
}

bool debugger_stopped(void)
{
    if (!attached())
        return false;
    if (vm->run->exit_reason == KVM_EXIT_DEBUG)
        tell_point();
    else if (traps_hit(vm))
        packet_printf("T%02xswbreak:;", SIGTRAP);
    else
        return false;
    converse();
    return true;
}

void debugger_failed(void)
{
    if (!attached())
        return;
    packet_printf("S%02x", SIGSEGV);
    converse();
}

void debugger_ended(int status)
{
    if (attached())
        packet_printf("W%02x", (unsigned)status & 0xff);
}
