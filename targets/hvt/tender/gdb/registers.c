/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors
 *
 * registers.c: one table says what there is, how gdb calls it, and where KVM has it. Its features
 * are those of the GDB manual, "i386 Features".
 */

#include "registers.h"

#include "../../../common/tender/fail.h"
#include "packet.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>

/* Everything, as KVM has it. */
struct state {
    struct kvm_regs regs;
    struct kvm_sregs sregs;
    struct kvm_fpu fpu;
    uint16_t tags; /* two bits for each floating-point register; KVM has one */
};

/* Which part of the state it is, if that can be set; or that its value cannot be had. */
enum { FIXED, GENERAL, FLOATING, UNKNOWN };

struct reg {
    const char *name, *type;
    uint16_t bits;   /* as gdb has it */
    uint16_t offset; /* in struct state */
    uint8_t size;    /* there, in bytes: the rest is zero */
    uint8_t part;
};

#define AT(field) offsetof(struct state, field)
#define GPR(name) {#name, "int64", 64, AT(regs.name), 8, GENERAL}
#define POINTER(name, type) {#name, type, 64, AT(regs.name), 8, GENERAL}
#define SELECTOR(name) {#name, "int32", 32, AT(sregs.name.selector), 2, FIXED}
#define STACK(n) {"st" #n, "i387_ext", 80, AT(fpu.fpr[n]), 10, FLOATING}
#define XMM(n) {"xmm" #n, "uint128", 128, AT(fpu.xmm[n]), 16, FLOATING}

static const struct reg core[] = {
    GPR(rax),
    GPR(rbx),
    GPR(rcx),
    GPR(rdx),
    GPR(rsi),
    GPR(rdi),
    POINTER(rbp, "data_ptr"),
    POINTER(rsp, "data_ptr"),
    GPR(r8),
    GPR(r9),
    GPR(r10),
    GPR(r11),
    GPR(r12),
    GPR(r13),
    GPR(r14),
    GPR(r15),
    POINTER(rip, "code_ptr"),
    {"eflags", "int32", 32, AT(regs.rflags), 4, GENERAL},
    SELECTOR(cs),
    SELECTOR(ss),
    SELECTOR(ds),
    SELECTOR(es),
    SELECTOR(fs),
    SELECTOR(gs),
    STACK(0),
    STACK(1),
    STACK(2),
    STACK(3),
    STACK(4),
    STACK(5),
    STACK(6),
    STACK(7),
    {"fctrl", "int", 32, AT(fpu.fcw), 2, FLOATING},
    {"fstat", "int", 32, AT(fpu.fsw), 2, FLOATING},
    {"ftag", "int", 32, AT(tags), 2, FIXED},
    {"fiseg", "int", 32, 0, 0, FIXED}, /* 64-bit processors have whole addresses instead */
    {"fioff", "int", 32, AT(fpu.last_ip), 4, FIXED},
    {"foseg", "int", 32, 0, 0, FIXED},
    {"fooff", "int", 32, AT(fpu.last_dp), 4, FIXED},
    {"fop", "int", 32, AT(fpu.last_opcode), 2, FIXED},
};
static const struct reg sse[] = {
    XMM(0),
    XMM(1),
    XMM(2),
    XMM(3),
    XMM(4),
    XMM(5),
    XMM(6),
    XMM(7),
    XMM(8),
    XMM(9),
    XMM(10),
    XMM(11),
    XMM(12),
    XMM(13),
    XMM(14),
    XMM(15),
    {"mxcsr", "int", 32, 0, 0, UNKNOWN}, /* KVM_GET_FPU leaves it out */
};
static const struct reg segments[] = {
    {"fs_base", "int", 64, AT(sregs.fs.base), 8, FIXED},
    {"gs_base", "int", 64, AT(sregs.gs.base), 8, FIXED},
};

#define COUNT(table) (sizeof(table) / sizeof(table)[0])
static const struct feature {
    const char *name;
    const struct reg *regs;
    size_t count;
} features[] = {
    {"core", core, COUNT(core)},
    {"sse", sse, COUNT(sse)},
    {"segments", segments, COUNT(segments)},
};

size_t registers_describe(char *text)
{
    char *at = text;

    at += sprintf(at, "<?xml version=\"1.0\"?><!DOCTYPE target SYSTEM \"gdb-target.dtd\">"
                      "<target><architecture>i386:x86-64</architecture>");
    for (size_t f = 0; f < COUNT(features); f++) {
        at += sprintf(at, "<feature name=\"org.gnu.gdb.i386.%s\">", features[f].name);
        for (size_t i = 0; i < features[f].count; i++) {
            const struct reg *reg = &features[f].regs[i];
            at += sprintf(at, "<reg name=\"%s\" bitsize=\"%u\" type=\"%s\"/>", reg->name, reg->bits,
                          reg->type);
        }
        at += sprintf(at, "</feature>");
    }
    at += sprintf(at, "</target>");
    return (size_t)(at - text);
}

static void call(const struct vm *vm, unsigned long request, void *argument)
{
    if (ioctl(vm->processor, request, argument) == -1)
        fail_errno("KVM: registers could not be had");
}

static void get(const struct vm *vm, struct state *state)
{
    call(vm, KVM_GET_REGS, &state->regs);
    call(vm, KVM_GET_SREGS, &state->sregs);
    call(vm, KVM_GET_FPU, &state->fpu);
    state->tags = 0;
    for (unsigned i = 0; i < 8; i++)
        if (!(state->fpu.ftwx >> i & 1))
            state->tags |= (uint16_t)(3u << 2 * i); /* empty */
}

void registers_read(const struct vm *vm, char *text)
{
    struct state state;

    get(vm, &state);
    for (size_t f = 0; f < COUNT(features); f++)
        for (size_t i = 0; i < features[f].count; i++) {
            const struct reg *reg = &features[f].regs[i];
            uint8_t value[16] = {0};
            memcpy(value, (const uint8_t *)&state + reg->offset, reg->size);
            packet_encode(text, value, reg->bits / 8);
            if (reg->part == UNKNOWN)
                memset(text, 'x', reg->bits / 4);
            text += reg->bits / 4;
        }
}

bool registers_write(const struct vm *vm, unsigned long number, const char *digits)
{
    struct state state;
    uint8_t value[16];
    size_t f = 0;

    for (; f < COUNT(features) && number >= features[f].count; f++)
        number -= features[f].count;
    if (f == COUNT(features))
        return false;
    const struct reg *reg = &features[f].regs[number];
    if (reg->part == FIXED || reg->part == UNKNOWN || !packet_decode(value, digits, reg->bits / 8))
        return false;
    get(vm, &state);
    memcpy((uint8_t *)&state + reg->offset, value, reg->size);
    call(vm, reg->part == GENERAL ? KVM_SET_REGS : KVM_SET_FPU,
         reg->part == GENERAL ? (void *)&state.regs : (void *)&state.fpu);
    return true;
}
