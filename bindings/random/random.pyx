# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""Random numbers: ChaCha20 with fast key erasure, over every source of entropy that there is.

The key is seeded at the first use from the processor's generators where it has them, always mixed
with the jitter of the cycle counter and both clocks. Each batch of output overwrites the key that
made it, so that a later look at the memory does not tell earlier output; each batch also mixes in
the cycle counter and one more number of the processor's.
"""

from libc.stdint cimport uint8_t, uint32_t, uint64_t
from libc.string cimport memcpy, memset

from chacha20 cimport chacha20_block
from solo5 cimport solo5_clock_monotonic, solo5_clock_wall


cdef extern from "bindings/random/entropy.h" nogil:
    enum:
        MIRAGE_ENTROPY_RDRAND
        MIRAGE_ENTROPY_RDSEED
    unsigned int mirage_entropy_cpu() noexcept
    uint64_t mirage_entropy_cycles() noexcept
    bint mirage_entropy_rdrand(uint64_t *value) noexcept
    bint mirage_entropy_rdseed(uint64_t *value) noexcept


cdef enum:
    KEY_WORDS = 8
    BLOCK_WORDS = 16
    # A batch is four blocks: the first eight words become the next key.
    BATCH_BLOCKS = 4
    BATCH_BYTES = 256
    KEY_BYTES = 32
    # Timings taken for a seed: few beside a generator, and as many as a boot can pay without one.
    TIMINGS = 64
    TIMINGS_ALONE = 512

cdef uint32_t[KEY_WORDS] key
cdef uint32_t[BATCH_BLOCKS * BLOCK_WORDS] batch
cdef uint64_t batches = 0
# Where unused output begins; what lies before is zero.
cdef size_t used = BATCH_BYTES
cdef bint seeded = False
cdef unsigned int generators = 0


cdef void mix(uint64_t a, uint64_t b, uint64_t c, uint64_t d) noexcept nogil:
    """Folds 32 bytes into the key, which becomes ChaCha20's output under the sum of both."""
    cdef uint32_t[BLOCK_WORDS] stream
    cdef uint32_t[3] nonce
    key[0] ^= <uint32_t>a
    key[1] ^= <uint32_t>(a >> 32)
    key[2] ^= <uint32_t>b
    key[3] ^= <uint32_t>(b >> 32)
    key[4] ^= <uint32_t>c
    key[5] ^= <uint32_t>(c >> 32)
    key[6] ^= <uint32_t>d
    key[7] ^= <uint32_t>(d >> 32)
    memset(nonce, 0xff, sizeof(nonce))
    chacha20_block(key, 0, nonce, stream)
    memcpy(key, stream, sizeof(key))


cdef void mix_jitter(int timings) noexcept nogil:
    """Folds many readings of the cycle counter into the key. What varies is how long the steps
    between two of them take: memory, caches, interrupts, the host."""
    cdef uint64_t[4] folded
    cdef uint64_t now
    cdef int i
    memset(folded, 0, sizeof(folded))
    for i in range(timings):
        now = mirage_entropy_cycles()
        folded[i & 3] = (folded[i & 3] << 7 | folded[i & 3] >> 57) ^ now
        # A store whose place depends on the time, so that the next time depends on the store.
        batch[now & (BATCH_BLOCKS * BLOCK_WORDS - 1)] ^= <uint32_t>now
    mix(folded[0], folded[1], folded[2], folded[3])


cdef uint64_t drawn(unsigned int generator) noexcept nogil:
    """A number of the processor's, or 0 when it has none to give."""
    cdef uint64_t value = 0
    if generators & generator & MIRAGE_ENTROPY_RDSEED:
        if mirage_entropy_rdseed(&value):
            return value
    elif generators & generator & MIRAGE_ENTROPY_RDRAND:
        if mirage_entropy_rdrand(&value):
            return value
    return 0


cdef public void mirage_random_seed() noexcept nogil:
    """Seeds the generator unless it is seeded. Always succeeds; some microseconds."""
    global seeded, generators
    if seeded:
        return
    generators = mirage_entropy_cpu()
    mix_jitter(TIMINGS if generators else TIMINGS_ALONE)
    mix(solo5_clock_wall(), solo5_clock_monotonic(), mirage_entropy_cycles(), 0)
    mix(drawn(MIRAGE_ENTROPY_RDSEED), drawn(MIRAGE_ENTROPY_RDRAND),
        drawn(MIRAGE_ENTROPY_RDSEED), drawn(MIRAGE_ENTROPY_RDRAND))
    seeded = True


cdef void refill() noexcept nogil:
    """The next batch, and the next key, of which nothing is left in the batch."""
    global batches, used
    cdef uint32_t[3] nonce
    cdef uint64_t cycles = mirage_entropy_cycles()
    cdef uint64_t number = drawn(MIRAGE_ENTROPY_RDRAND)
    cdef int i
    batches += 1
    nonce[0] = <uint32_t>batches
    nonce[1] = <uint32_t>cycles
    nonce[2] = <uint32_t>(cycles >> 32)
    key[0] ^= <uint32_t>number
    key[1] ^= <uint32_t>(number >> 32)
    for i in range(BATCH_BLOCKS):
        chacha20_block(key, <uint32_t>i, nonce, &batch[i * BLOCK_WORDS])
    memcpy(key, batch, sizeof(key))
    memset(batch, 0, sizeof(key))
    used = KEY_BYTES


cdef public void mirage_random_fill(uint8_t *buffer, size_t length) noexcept nogil:
    """Writes `length` random bytes; seeds first if that is still to be done."""
    global used
    cdef size_t part
    cdef uint8_t *output = <uint8_t *>batch
    mirage_random_seed()
    while length > 0:
        if used == BATCH_BYTES:
            refill()
        part = min(length, BATCH_BYTES - used)
        memcpy(buffer, output + used, part)
        memset(output + used, 0, part)
        used += part
        buffer += part
        length -= part


cpdef void fill(unsigned char[::1] buffer) noexcept:
    """Fills `buffer` with random bytes."""
    if buffer.shape[0] > 0:
        mirage_random_fill(&buffer[0], buffer.shape[0])


cpdef const char *sources() noexcept:
    """What the seed was made of, for the log."""
    mirage_random_seed()
    if generators == MIRAGE_ENTROPY_RDRAND | MIRAGE_ENTROPY_RDSEED:
        return "rdseed, rdrand, jitter"
    if generators == MIRAGE_ENTROPY_RDSEED:
        return "rdseed, jitter"
    if generators == MIRAGE_ENTROPY_RDRAND:
        return "rdrand, jitter"
    return "jitter"
