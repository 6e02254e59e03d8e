/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * clock.c: the hypervisor's clock, or else the CPU's counter and the battery-backed clock.
 */

#include "virtio.h"

static struct {
    bool hypervisor;
    uint64_t start;     /* of the counter, where monotonic time is 0 */
    uint64_t scale;     /* nanoseconds per tick, in units of 2^-32 */
    uint64_t wall_base; /* nanoseconds since 1970, where monotonic time is 0 */
} clock;

/*
 * The counter's frequency.
 */
enum { TIMER = 0x40, TIMER_CONTROL = 0x43, TIMER_RATE = 0x34, TIMER_LATCH = 0x00 };
#define TIMER_HERTZ 1193182ull
#define NO_TIMER (1ull << 34)             /* seconds, on any processor */
#define MEASURED_TICKS (TIMER_HERTZ / 50) /* 20 ms */

/* Both counters at one moment. */
struct moment {
    uint16_t timer; /* counts down */
    uint64_t counter;
};

/* The timer's value is held at some time between two readings of the counter. Of a few tries the
 * quickest is taken: in the others the hypervisor did something else in between. */
static struct moment moment(void)
{
    struct moment best = {0};
    uint64_t least = UINT64_MAX;

    for (int tries = 0; tries < 6; tries++) {
        uint64_t before = cpu_tsc();
        cpu_out8(TIMER_CONTROL, TIMER_LATCH);
        uint64_t between = cpu_tsc() - before;
        uint16_t timer = cpu_in8(TIMER);
        timer = (uint16_t)(timer | cpu_in8(TIMER) << 8);
        if (between < least) {
            least = between;
            best = (struct moment){timer, before + between / 2};
        }
    }
    return best;
}

static uint64_t measure_frequency(void)
{
    struct moment first, last;
    uint16_t passed;

    cpu_out8(TIMER_CONTROL, TIMER_RATE);
    cpu_out8(TIMER, 0); /* 65536 */
    cpu_out8(TIMER, 0);
    first = moment();
    do {
        last = moment();
        passed = (uint16_t)(first.timer - last.timer);
        if (last.counter - first.counter > NO_TIMER)
            guest_abort("this machine has no timer (an 8254)");
    } while (passed < MEASURED_TICKS);
    return (last.counter - first.counter) * TIMER_HERTZ / passed;
}

/* What the CPU or the hypervisor says, or 0. */
static uint64_t told_frequency(void)
{
    enum { LEAF_CRYSTAL = 0x15, LEAF_HYPERVISOR = 0x40000000, LEAF_KILOHERTZ = 0x40000010 };
    enum { ECX_HYPERVISOR = 1u << 31 };

    if (cpu_id(1).ecx & ECX_HYPERVISOR && cpu_id(LEAF_HYPERVISOR).eax >= LEAF_KILOHERTZ &&
        cpu_id(LEAF_HYPERVISOR).eax < LEAF_HYPERVISOR + 0x100)
        return (uint64_t)cpu_id(LEAF_KILOHERTZ).eax * 1000;
    if (cpu_id(0).eax >= LEAF_CRYSTAL) {
        struct cpu_id crystal = cpu_id(LEAF_CRYSTAL);
        if (crystal.eax && crystal.ebx && crystal.ecx)
            return (uint64_t)crystal.ecx * crystal.ebx / crystal.eax;
    }
    return 0;
}

/*
 * The battery-backed clock.
 */
enum { RTC_INDEX = 0x70, RTC_DATA = 0x71 };
enum { RTC_SECOND, RTC_MINUTE = 2, RTC_HOUR = 4, RTC_DAY = 7, RTC_MONTH, RTC_YEAR };
enum { RTC_A = 10, RTC_A_CHANGING = 0x80, RTC_B = 11, RTC_B_24_HOURS = 2, RTC_B_BINARY = 4 };
enum { RTC_AFTERNOON = 0x80 };

struct date {
    unsigned second, minute, hour, day, month, year;
};

static uint8_t rtc(uint8_t index)
{
    cpu_out8(RTC_INDEX, index);
    return cpu_in8(RTC_DATA);
}

/* A clock that is not there would be changing for ever. */
static struct date read_rtc(void)
{
    enum { PATIENCE = 100000 };

    for (int i = 0; i < PATIENCE && rtc(RTC_A) & RTC_A_CHANGING; i++)
        cpu_pause();
    return (struct date){rtc(RTC_SECOND), rtc(RTC_MINUTE), rtc(RTC_HOUR),
                         rtc(RTC_DAY),    rtc(RTC_MONTH),  rtc(RTC_YEAR)};
}

static unsigned number(unsigned value, bool binary)
{
    return binary ? value : (value >> 4) * 10 + (value & 15);
}

/* Days from 1970-01-01. The year is taken to begin in March, so that a leap day is its last. */
static uint64_t days(unsigned year, unsigned month, unsigned day)
{
    unsigned from_march = (month + 9) % 12;

    if (month < 3)
        year--;
    return 365ull * year + year / 4 - year / 100 + year / 400 + (153 * from_march + 2) / 5 + day -
           1 - 719468;
}

/* Seconds since 1970. The clock runs in UTC. */
static uint64_t wall_seconds(void)
{
    struct date date, again = read_rtc();
    do {
        date = again;
        again = read_rtc();
    } while (date.second != again.second || date.minute != again.minute || date.hour != again.hour);

    uint8_t mode = rtc(RTC_B);
    bool binary = mode & RTC_B_BINARY;
    unsigned hour = number(date.hour & ~(unsigned)RTC_AFTERNOON, binary);
    if (!(mode & RTC_B_24_HOURS))
        hour = hour % 12 + (date.hour & RTC_AFTERNOON ? 12 : 0);
    uint64_t day = days(2000 + number(date.year, binary), number(date.month, binary),
                        number(date.day, binary));
    return ((day * 24 + hour) * 60 + number(date.minute, binary)) * 60 +
           number(date.second, binary);
}

void virtio_clock_init(void)
{
    if (virtio_pvclock_init()) {
        clock.hypervisor = true;
        clock.wall_base = virtio_pvclock_wall_base();
        guest_log(GUEST_DEBUG, "clock: the hypervisor's", NULL, 0);
        return;
    }

    uint64_t told = told_frequency(), frequency = told ? told : measure_frequency();
    clock.start = cpu_tsc();
    clock.scale = (NANOSECONDS << 32) / frequency;
    clock.wall_base = wall_seconds() * NANOSECONDS - solo5_clock_monotonic();
    guest_log(GUEST_DEBUG, told ? "clock: counter, told" : "clock: counter, measured", " ",
              frequency);
}

solo5_time_t solo5_clock_monotonic(void)
{
    if (clock.hypervisor)
        return virtio_pvclock_monotonic();
    return (uint64_t)((unsigned __int128)(cpu_tsc() - clock.start) * clock.scale >> 32);
}

solo5_time_t solo5_clock_wall(void)
{
    return clock.wall_base + solo5_clock_monotonic();
}
