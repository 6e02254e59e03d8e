/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "exceptions.h"

#include "../guest/guest.h"
#include "cpu.h"

/* What exceptions_entry.S leaves on the stack. */
struct frame {
    uint64_t r15, r14, r13, r12, r11, r10, r9, r8, rbp, rdi, rsi, rdx, rcx, rbx, rax;
    uint64_t vector, code;
    uint64_t rip, cs, rflags, rsp, ss; /* pushed by the processor */
};
_Static_assert(sizeof(struct frame) == 22 * 8, "fifteen pushes, vector, code, and the processor's");

struct gate {
    uint16_t offset_low;
    uint16_t selector;
    uint8_t stack; /* 0: the one in use; else that of the task state */
    uint8_t type;
    uint16_t offset_middle;
    uint32_t offset_high;
    uint32_t reserved;
};
_Static_assert(sizeof(struct gate) == 16, "as the processor reads it");

struct task_state {
    uint32_t reserved0;
    uint64_t rsp[3];
    uint64_t reserved1;
    uint64_t stack[7];
    uint64_t reserved2;
    uint16_t reserved3;
    uint16_t io_map;
} __attribute__((packed));
_Static_assert(sizeof(struct task_state) == 104, "as the processor reads it");

struct table_pointer {
    uint16_t limit;
    uint64_t base;
} __attribute__((packed));

/* Of a present descriptor in bits 40 to 55. */
#define CODE (0x209aull << 40) /* 64-bit, readable */
#define DATA (0x0092ull << 40) /* writable */
#define TASK (0x0089ull << 40) /* 64-bit, available */
enum { CODE_SELECTOR = 8, DATA_SELECTOR = 16, TASK_SELECTOR = 24 };
#define INTERRUPT_GATE 0x8e
#define EXCEPTION_STACK 1

static struct {
    uint64_t segments[5]; /* the task's descriptor takes two */
    struct gate gates[EXCEPTIONS_GATES];
    struct task_state task;
} tables __attribute__((aligned(16)));

static char stack[4096] __attribute__((aligned(16)));
static bool reporting;

static void set_gate(unsigned vector, uintptr_t entry, uint8_t stack_number)
{
    tables.gates[vector] = (struct gate){
        .offset_low = (uint16_t)entry,
        .selector = CODE_SELECTOR,
        .stack = stack_number,
        .type = INTERRUPT_GATE,
        .offset_middle = (uint16_t)(entry >> 16),
        .offset_high = (uint32_t)(entry >> 32),
    };
}

void exceptions_set_gate(unsigned vector, void (*entry)(void))
{
    set_gate(vector, (uintptr_t)entry, 0);
}

static void load_segments(void)
{
    struct table_pointer pointer = {sizeof tables.segments - 1, (uintptr_t)tables.segments};
    uint64_t task = (uintptr_t)&tables.task;

    tables.segments[CODE_SELECTOR / 8] = CODE;
    tables.segments[DATA_SELECTOR / 8] = DATA;
    tables.segments[TASK_SELECTOR / 8] =
        TASK | (sizeof tables.task - 1) | (task & 0xffffff) << 16 | (task >> 24 & 0xff) << 56;
    tables.segments[TASK_SELECTOR / 8 + 1] = task >> 32;
    tables.task.stack[EXCEPTION_STACK - 1] = (uintptr_t)stack + sizeof stack;
    tables.task.io_map = sizeof tables.task;
    /* fs and gs keep what they have: loading them would clear their bases. */
    __asm__ volatile("lgdt %0\n\t"
                     "mov %1, %%ds\n\t"
                     "mov %1, %%es\n\t"
                     "mov %1, %%ss\n\t"
                     "push %2\n\t"
                     "lea 1f(%%rip), %%rax\n\t"
                     "push %%rax\n\t"
                     "lretq\n"
                     "1:\n\t"
                     "ltr %w3"
                     :
                     : "m"(pointer), "r"(DATA_SELECTOR), "i"(CODE_SELECTOR), "r"(TASK_SELECTOR)
                     : "rax", "memory");
}

void exceptions_load(void)
{
    extern const char exceptions_entry[];
    struct table_pointer pointer = {sizeof tables.gates - 1, (uintptr_t)tables.gates};

    load_segments();
    for (unsigned vector = 0; vector < EXCEPTIONS_COUNT; vector++)
        set_gate(vector, (uintptr_t)exceptions_entry + 16 * vector, EXCEPTION_STACK);
    __asm__ volatile("lidt %0" : : "m"(pointer) : "memory");
}

static const char names[EXCEPTIONS_COUNT][4] = {
    "#DE", "#DB", "NMI", "#BP", "#OF", "#BR", "#UD", "#NM", "#DF", "#9",  "#TS",
    "#NP", "#SS", "#GP", "#PF", "#15", "#MF", "#AC", "#MC", "#XM", "#VE", "#CP",
    "#22", "#23", "#24", "#25", "#26", "#27", "#HV", "#VC", "#SX", "#31",
};
#define PAGE_FAULT 14
#define CODE_WRITE 2
#define CODE_EXECUTE 16

static void add(struct guest_line *line, const char *name, uint64_t value)
{
    guest_line_add(line, name);
    guest_line_add_hex(line, value);
}

static void report_what(const struct frame *frame)
{
    struct guest_line line;

    guest_line_begin(&line);
    guest_line_add(&line, "ABORT: exception ");
    guest_line_add(&line, names[frame->vector % EXCEPTIONS_COUNT]);
    if (frame->vector == PAGE_FAULT)
        add(&line,
            frame->code & CODE_EXECUTE ? ", execution of "
            : frame->code & CODE_WRITE ? ", write to "
                                       : ", read of ",
            cpu_fault_address());
    add(&line, " at ", frame->rip);
    guest_line_finish(&line);
}

static void report_registers(const struct frame *frame)
{
    const struct {
        const char *name;
        uint64_t value;
    } registers[] = {
        {" rax ", frame->rax}, {" rbx ", frame->rbx},   {" rcx ", frame->rcx},
        {" rdx ", frame->rdx}, {" rsi ", frame->rsi},   {" rdi ", frame->rdi},
        {" rbp ", frame->rbp}, {" rsp ", frame->rsp},   {" r8 ", frame->r8},
        {" r9 ", frame->r9},   {" r10 ", frame->r10},   {" r11 ", frame->r11},
        {" r12 ", frame->r12}, {" r13 ", frame->r13},   {" r14 ", frame->r14},
        {" r15 ", frame->r15}, {" code ", frame->code}, {" rflags ", frame->rflags},
        {" cs ", frame->cs},   {" ss ", frame->ss},
    };
    struct guest_line line;

    for (size_t i = 0; i < sizeof registers / sizeof registers[0]; i++) {
        if (i % 4 == 0)
            guest_line_begin(&line);
        add(&line, registers[i].name, registers[i].value);
        if (i % 4 == 3)
            guest_line_finish(&line);
    }
}

/* The stack protector's value may be what is broken. */
__attribute__((noreturn, no_stack_protector, used)) void
exceptions_report(const struct frame *frame)
{
    /* An exception in here would only lead to the next one. */
    if (!reporting) {
        reporting = true;
        report_what(frame);
        report_registers(frame);
    }
    target_exit(SOLO5_EXIT_ABORT);
}
