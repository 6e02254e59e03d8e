// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* modmersenne.c: the module `_mersenne`: the generator MT19937 of Matsumoto and Nishimura for
 * library/_twister.py, seeded as CPython seeds it. A state is a bytearray of SIZE bytes: the words,
 * and the index of the next one. It is good for simulations and tells nothing of secrets. */

#include <string.h>

#include "py/runtime.h"

#define WORDS 624
#define MIDDLE 397

typedef struct {
    uint32_t word[WORDS];
    uint32_t next;
} state_t;

_Static_assert(sizeof(state_t) == 4 * (WORDS + 1), "library/_twister.py reads it as words");

static state_t *state_of(mp_obj_t obj)
{
    mp_buffer_info_t buffer;
    mp_get_buffer_raise(obj, &buffer, MP_BUFFER_RW);
    state_t *state = buffer.buf;
    if (buffer.len != sizeof(state_t) || state->next > WORDS)
        mp_raise_ValueError(NULL);
    return state;
}

static void spread(state_t *state, uint32_t seed)
{
    state->word[0] = seed;
    for (uint32_t i = 1; i < WORDS; i++) {
        uint32_t last = state->word[i - 1];
        state->word[i] = 1812433253u * (last ^ (last >> 30)) + i;
    }
    state->next = WORDS;
}

/* One step of mixing a key into word `i`; returns the index after it. */
static uint32_t mix(state_t *state, uint32_t i, uint32_t factor, uint32_t more)
{
    uint32_t last = state->word[i - 1];
    state->word[i] = (state->word[i] ^ ((last ^ (last >> 30)) * factor)) + more;
    if (++i < WORDS)
        return i;
    state->word[0] = state->word[WORDS - 1];
    return 1;
}

static void refill(state_t *state)
{
    for (uint32_t i = 0; i < WORDS; i++) {
        uint32_t bits =
            (state->word[i] & 0x80000000u) | (state->word[(i + 1) % WORDS] & 0x7fffffffu);
        state->word[i] =
            state->word[(i + MIDDLE) % WORDS] ^ (bits >> 1) ^ (bits & 1 ? 0x9908b0dfu : 0);
    }
    state->next = 0;
}

static uint32_t bits32(state_t *state)
{
    if (state->next == WORDS)
        refill(state);
    uint32_t bits = state->word[state->next++];
    bits ^= bits >> 11;
    bits ^= (bits << 7) & 0x9d2c5680u;
    bits ^= (bits << 15) & 0xefc60000u;
    return bits ^ (bits >> 18);
}

/* seed(state, key): `key` is bytes of little-endian words of 32 bits, at least one. */
static mp_obj_t seed(mp_obj_t obj, mp_obj_t key)
{
    state_t *state = state_of(obj);
    mp_buffer_info_t given;
    mp_get_buffer_raise(key, &given, MP_BUFFER_READ);
    uint32_t count = given.len / 4;
    if (count == 0)
        mp_raise_ValueError(NULL);
    spread(state, 19650218u);
    uint32_t i = 1;
    for (uint32_t step = 0; step < (count > WORDS ? count : WORDS); step++) {
        uint32_t word, number = step % count;
        memcpy(&word, (const uint8_t *)given.buf + 4 * (size_t)number, 4);
        i = mix(state, i, 1664525u, word + number);
    }
    for (uint32_t step = 1; step < WORDS; step++)
        i = mix(state, i, 1566083941u, -i);
    state->word[0] = 0x80000000u;
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(seed_obj, seed);

/* bits(state): 32 random bits. */
static mp_obj_t bits(mp_obj_t obj)
{
    return mp_obj_new_int_from_uint(bits32(state_of(obj)));
}
static MP_DEFINE_CONST_FUN_OBJ_1(bits_obj, bits);

/* random(state): a float from 0 to 1, without it, of 53 random bits. */
static mp_obj_t random_float(mp_obj_t obj)
{
    state_t *state = state_of(obj);
    uint32_t high = bits32(state) >> 5, low = bits32(state) >> 6;
    return mp_obj_new_float((high * 67108864.0 + low) / 9007199254740992.0);
}
static MP_DEFINE_CONST_FUN_OBJ_1(random_obj, random_float);

static const mp_rom_map_elem_t globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__mersenne)},
    {MP_ROM_QSTR(MP_QSTR_seed), MP_ROM_PTR(&seed_obj)},
    {MP_ROM_QSTR(MP_QSTR_bits), MP_ROM_PTR(&bits_obj)},
    {MP_ROM_QSTR(MP_QSTR_random), MP_ROM_PTR(&random_obj)},
};
static MP_DEFINE_CONST_DICT(globals, globals_table);

const mp_obj_module_t mirage_module_mersenne = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&globals,
};
MP_REGISTER_MODULE(MP_QSTR__mersenne, mirage_module_mersenne);
