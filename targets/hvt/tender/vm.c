/* SPDX-License-Identifier: ISC
 * Copyright (c) 2026 The mirage-py authors */

#include "vm.h"

#include "../../common/tender/fail.h"
#include "boot.h"
#include "debugger.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

/* More than any KVM knows. */
#define MAX_FEATURES 256

#define CR0_PE (1u << 0)   /* protected mode */
#define CR0_MP (1u << 1)   /* there is a floating-point unit, and it is not emulated */
#define CR0_NE (1u << 5)   /* which reports its errors as exceptions */
#define CR0_WP (1u << 16)  /* read-only pages are so for ring 0 as well */
#define CR0_PG (1u << 31)  /* paging */
#define CR4_PAE (1u << 5)  /* with 64-bit entries */
#define CR4_FXSR (1u << 9) /* SSE, and its exceptions */
#define CR4_XMMEXCPT (1u << 10)
#define EFER_LME (1u << 8) /* 64-bit mode */
#define EFER_LMA (1u << 10)
#define RFLAGS_RESERVED 2u /* always set */

static int call(int fd, unsigned long request, void *argument, const char *name)
{
    int result = ioctl(fd, request, argument);

    if (result == -1)
        fail_errno("KVM: ioctl (%s) failed", name);
    return result;
}

static void open_kvm(struct vm *vm)
{
    vm->kvm = open("/dev/kvm", O_RDWR | O_CLOEXEC);
    if (vm->kvm == -1)
        fail_errno("Could not open: /dev/kvm");
    int version = call(vm->kvm, KVM_GET_API_VERSION, NULL, "GET_API_VERSION");
    if (version != KVM_API_VERSION)
        fail("KVM: API version is %d, mirage-hvt requires version %d", version, KVM_API_VERSION);
    vm->machine = call(vm->kvm, KVM_CREATE_VM, NULL, "CREATE_VM");
    vm->processor = call(vm->machine, KVM_CREATE_VCPU, NULL, "CREATE_VCPU");
}

static void map_run(struct vm *vm)
{
    int size = call(vm->kvm, KVM_GET_VCPU_MMAP_SIZE, NULL, "GET_VCPU_MMAP_SIZE");

    if ((size_t)size < sizeof *vm->run)
        fail("KVM: invalid VCPU_MMAP_SIZE: %d", size);
    vm->run = mmap(NULL, (size_t)size, PROT_READ | PROT_WRITE, MAP_SHARED, vm->processor, 0);
    if (vm->run == MAP_FAILED)
        fail_errno("KVM: VCPU mmap failed");
}

static void set_memory(const struct vm *vm, const struct guest *guest)
{
    struct kvm_userspace_memory_region region = {
        .memory_size = guest->size,
        .userspace_addr = (uintptr_t)guest->memory,
    };

    call(vm->machine, KVM_SET_USER_MEMORY_REGION, &region, "SET_USER_MEMORY_REGION");
}

/* The guest's processor can what the host's can. */
static void set_features(const struct vm *vm)
{
    static union {
        struct kvm_cpuid2 features;
        uint8_t room[sizeof(struct kvm_cpuid2) + MAX_FEATURES * sizeof(struct kvm_cpuid_entry2)];
    } all = {.features.nent = MAX_FEATURES};

    call(vm->kvm, KVM_GET_SUPPORTED_CPUID, &all, "GET_SUPPORTED_CPUID");
    call(vm->processor, KVM_SET_CPUID2, &all, "SET_CPUID2");
}

static uint64_t counter_frequency(const struct vm *vm)
{
    if (ioctl(vm->kvm, KVM_CHECK_EXTENSION, KVM_CAP_GET_TSC_KHZ) <= 0)
        fail("KVM: host does not support KVM_CAP_GET_TSC_KHZ");
    int kilohertz = ioctl(vm->processor, KVM_GET_TSC_KHZ, NULL);
    if (kilohertz == -1 && errno == EIO)
        fail("KVM: host TSC is unstable, cannot continue");
    if (kilohertz <= 0)
        fail_errno("KVM: ioctl (KVM_GET_TSC_KHZ) failed");
    return (uint64_t)kilohertz * 1000;
}

/* 64-bit mode, flat segments, interrupts off. */
static void set_mode(const struct vm *vm)
{
    const struct kvm_segment data = {
        .limit = 0xffffffff, .selector = 16, .type = 3, .present = 1, .db = 1, .s = 1, .g = 1};
    const struct kvm_segment code = {
        .limit = 0xffffffff, .selector = 8, .type = 11, .present = 1, .s = 1, .l = 1, .g = 1};
    struct kvm_sregs registers = {
        .cs = code,
        .ds = data,
        .es = data,
        .fs = data,
        .gs = data,
        .ss = data,
        .tr = {.type = 11, .present = 1},
        .ldt = {.unusable = 1},
        .gdt = {.base = BOOT_SEGMENTS, .limit = BOOT_SEGMENT_COUNT * 8 - 1},
        .cr0 = CR0_PE | CR0_MP | CR0_NE | CR0_WP | CR0_PG,
        .cr3 = BOOT_TABLES,
        .cr4 = CR4_PAE | CR4_FXSR | CR4_XMMEXCPT,
        .efer = EFER_LME | EFER_LMA,
    };

    call(vm->processor, KVM_SET_SREGS, &registers, "SET_SREGS");
}

static void set_entry(const struct vm *vm, const struct guest *guest)
{
    struct kvm_regs registers = {
        .rip = guest->layout.entry,
        .rdi = BOOT_INFO,
        .rsp = guest->size - sizeof(uint64_t), /* as a call leaves it */
        .rflags = RFLAGS_RESERVED,
    };

    call(vm->processor, KVM_SET_REGS, &registers, "SET_REGS");
}

void vm_create(struct vm *vm, const struct guest *guest)
{
    open_kvm(vm);
    map_run(vm);
    set_memory(vm, guest);
    set_features(vm);
    set_mode(vm);
    set_entry(vm, guest);
    vm->frequency = counter_frequency(vm);
}

static unsigned long long position(const struct vm *vm)
{
    struct kvm_regs registers;

    call(vm->processor, KVM_GET_REGS, &registers, "GET_REGS");
    return registers.rip;
}

static void fail_run(const struct vm *vm) __attribute__((noreturn));
static void fail_run(const struct vm *vm)
{
    int error = errno;

    debugger_failed();
    errno = error;
    if (errno == EFAULT)
        fail("KVM: host/guest translation fault: rip=0x%llx", position(vm));
    fail_errno("KVM: ioctl (RUN) failed");
}

/* The hypercall that a write to a port is. */
static enum hvt_hypercall port_write(const struct kvm_run *run, uint64_t *address)
{
    unsigned number = (unsigned)run->io.port - HVT_HYPERCALL_PIO_BASE;
    uint32_t value;

    if (run->io.direction != KVM_EXIT_IO_OUT || run->io.size != sizeof value ||
        run->io.count != 1 || number < HVT_HYPERCALL_WALLTIME || number >= HVT_HYPERCALL_MAX)
        fail("Invalid guest port access: port=0x%x", run->io.port);
    memcpy(&value, (const uint8_t *)run + run->io.data_offset, sizeof value);
    *address = value;
    return (enum hvt_hypercall)number;
}

enum hvt_hypercall vm_run(const struct vm *vm, uint64_t *address)
{
    const struct kvm_run *run = vm->run;

    do
        while (ioctl(vm->processor, KVM_RUN, NULL) == -1) {
            if (errno != EINTR)
                fail_run(vm);
            debugger_interrupted();
        }
    while (run->exit_reason != KVM_EXIT_IO && debugger_stopped());
    if (run->exit_reason == KVM_EXIT_IO)
        return port_write(run, address);
    debugger_failed();
    switch (run->exit_reason) {
    case KVM_EXIT_FAIL_ENTRY:
        fail("KVM: entry failure: hw_entry_failure_reason=0x%llx",
             (unsigned long long)run->fail_entry.hardware_entry_failure_reason);
    case KVM_EXIT_INTERNAL_ERROR:
        fail("KVM: internal error exit: suberror=0x%x", run->internal.suberror);
    default:
        fail("KVM: unhandled exit: exit_reason=0x%x, rip=0x%llx", run->exit_reason, position(vm));
    }
}
