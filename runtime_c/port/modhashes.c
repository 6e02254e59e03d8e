// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* modhashes.c: the module `_hashes`: mbedTLS's hashes for library/hashlib.py. A kind is its index
 * in `kinds`. */

#include <mbedtls/md5.h>
#include <mbedtls/sha1.h>
#include <mbedtls/sha256.h>
#include <mbedtls/sha3.h>
#include <mbedtls/sha512.h>

#include "bytes_like.h"
#include "py/runtime.h"

typedef union {
    mbedtls_md5_context md5;
    mbedtls_sha1_context sha1;
    mbedtls_sha256_context sha256;
    mbedtls_sha512_context sha512;
    mbedtls_sha3_context sha3;
} state_t;

enum family { MD5, SHA1, SHA256, SHA512, SHA3 };

static const struct {
    uint8_t family, variant, bytes;
} kinds[] = {
    {MD5, 0, 16},
    {SHA1, 0, 20},
    {SHA256, 1, 28},
    {SHA256, 0, 32},
    {SHA512, 1, 48},
    {SHA512, 0, 64},
    {SHA3, MBEDTLS_SHA3_224, 28},
    {SHA3, MBEDTLS_SHA3_256, 32},
    {SHA3, MBEDTLS_SHA3_384, 48},
    {SHA3, MBEDTLS_SHA3_512, 64},
};

#define MOST_BYTES 64

typedef struct {
    mp_obj_base_t base;
    mp_uint_t kind;
    state_t state; // without pointers: it is copied as it is
} hash_t;

static const mp_obj_type_t type_hash;

static hash_t *hash_of(mp_obj_t obj)
{
    if (!mp_obj_is_type(obj, &type_hash))
        mp_raise_TypeError(NULL);
    return MP_OBJ_TO_PTR(obj);
}

/* The functions fail only with other implementations than those that are linked. */
static void start(state_t *state, mp_uint_t kind)
{
    uint8_t variant = kinds[kind].variant;
    switch (kinds[kind].family) {
    case MD5:
        mbedtls_md5_init(&state->md5);
        mbedtls_md5_starts(&state->md5);
        break;
    case SHA1:
        mbedtls_sha1_init(&state->sha1);
        mbedtls_sha1_starts(&state->sha1);
        break;
    case SHA256:
        mbedtls_sha256_init(&state->sha256);
        mbedtls_sha256_starts(&state->sha256, variant);
        break;
    case SHA512:
        mbedtls_sha512_init(&state->sha512);
        mbedtls_sha512_starts(&state->sha512, variant);
        break;
    default:
        mbedtls_sha3_init(&state->sha3);
        mbedtls_sha3_starts(&state->sha3, (mbedtls_sha3_id)variant);
    }
}

static void add(hash_t *self, const uint8_t *data, size_t len)
{
    state_t *state = &self->state;
    switch (kinds[self->kind].family) {
    case MD5:
        mbedtls_md5_update(&state->md5, data, len);
        break;
    case SHA1:
        mbedtls_sha1_update(&state->sha1, data, len);
        break;
    case SHA256:
        mbedtls_sha256_update(&state->sha256, data, len);
        break;
    case SHA512:
        mbedtls_sha512_update(&state->sha512, data, len);
        break;
    default:
        mbedtls_sha3_update(&state->sha3, data, len);
    }
}

static void finish(state_t *state, mp_uint_t kind, uint8_t *out)
{
    switch (kinds[kind].family) {
    case MD5:
        mbedtls_md5_finish(&state->md5, out);
        break;
    case SHA1:
        mbedtls_sha1_finish(&state->sha1, out);
        break;
    case SHA256:
        mbedtls_sha256_finish(&state->sha256, out);
        break;
    case SHA512:
        mbedtls_sha512_finish(&state->sha512, out);
        break;
    default:
        mbedtls_sha3_finish(&state->sha3, out, kinds[kind].bytes);
    }
}

/* open(kind): a hash of nothing yet. */
static mp_obj_t open_hash(mp_obj_t kind)
{
    mp_int_t index = mp_obj_get_int(kind);
    if (index < 0 || index >= (mp_int_t)MP_ARRAY_SIZE(kinds))
        mp_raise_ValueError(NULL);
    hash_t *self = mp_obj_malloc(hash_t, &type_hash);
    self->kind = index;
    start(&self->state, index);
    return MP_OBJ_FROM_PTR(self);
}
static MP_DEFINE_CONST_FUN_OBJ_1(open_obj, open_hash);

/* update(hash, data) */
static mp_obj_t update(mp_obj_t obj, mp_obj_t data)
{
    hash_t *self = hash_of(obj);
    mp_buffer_info_t buffer = bytes_like(data, MP_BUFFER_READ);
    add(self, buffer.buf, buffer.len);
    return mp_const_none;
}
static MP_DEFINE_CONST_FUN_OBJ_2(update_obj, update);

/* digest(hash): that of what it was given so far; more can be given then. */
static mp_obj_t digest(mp_obj_t obj)
{
    hash_t *self = hash_of(obj);
    state_t copied = self->state;
    uint8_t out[MOST_BYTES];
    finish(&copied, self->kind, out);
    return mp_obj_new_bytes(out, kinds[self->kind].bytes);
}
static MP_DEFINE_CONST_FUN_OBJ_1(digest_obj, digest);

/* copy(hash): another that goes on from here. */
static mp_obj_t copy(mp_obj_t obj)
{
    hash_t *self = hash_of(obj), *other = mp_obj_malloc(hash_t, &type_hash);
    *other = *self;
    return MP_OBJ_FROM_PTR(other);
}
static MP_DEFINE_CONST_FUN_OBJ_1(copy_obj, copy);

static MP_DEFINE_CONST_OBJ_TYPE(type_hash, MP_QSTR__hashes, MP_TYPE_FLAG_NONE);

static const mp_rom_map_elem_t globals_table[] = {
    {MP_ROM_QSTR(MP_QSTR___name__), MP_ROM_QSTR(MP_QSTR__hashes)},
    {MP_ROM_QSTR(MP_QSTR_open), MP_ROM_PTR(&open_obj)},
    {MP_ROM_QSTR(MP_QSTR_update), MP_ROM_PTR(&update_obj)},
    {MP_ROM_QSTR(MP_QSTR_digest), MP_ROM_PTR(&digest_obj)},
    {MP_ROM_QSTR(MP_QSTR_copy), MP_ROM_PTR(&copy_obj)},
};
static MP_DEFINE_CONST_DICT(globals, globals_table);

const mp_obj_module_t mirage_module_hashes = {
    .base = {&mp_type_module},
    .globals = (mp_obj_dict_t *)&globals,
};
MP_REGISTER_MODULE(MP_QSTR__hashes, mirage_module_hashes);
