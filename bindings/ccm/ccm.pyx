# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""AES-CCM (RFC 3610, NIST SP 800-38C) by mbedTLS, with the tags of an encrypted disk: 16 bytes."""

from libc.stdint cimport uint8_t


cdef extern from "mbedtls/ccm.h" nogil:
    enum:
        MBEDTLS_CIPHER_ID_AES
        MBEDTLS_ERR_CCM_AUTH_FAILED

    struct mbedtls_ccm_context:
        pass

    void mbedtls_ccm_init(mbedtls_ccm_context *context) noexcept
    int mbedtls_ccm_setkey(
        mbedtls_ccm_context *context, int cipher, const uint8_t *key, unsigned int bits) noexcept
    int mbedtls_ccm_encrypt_and_tag(
        mbedtls_ccm_context *context, size_t length, const uint8_t *nonce, size_t nonce_size,
        const uint8_t *data, size_t data_size, const uint8_t *source, uint8_t *output,
        uint8_t *tag, size_t tag_size) noexcept
    int mbedtls_ccm_auth_decrypt(
        mbedtls_ccm_context *context, size_t length, const uint8_t *nonce, size_t nonce_size,
        const uint8_t *data, size_t data_size, const uint8_t *source, uint8_t *output,
        const uint8_t *tag, size_t tag_size) noexcept


cdef enum:
    KEYS = 8
    TAG = 16
    EIO = 5
    EBADF = 9
    EINVAL = 22
    ENOSPC = 28
    # What littlefs takes for a block that was not written to its end (LFS_ERR_CORRUPT).
    EILSEQ = 84

cdef mbedtls_ccm_context[KEYS] contexts
cdef int used = 0


cpdef int open(const unsigned char[::1] key) except -1:
    """The number of a key of 16, 24 or 32 bytes. OSError for another length, or too many keys."""
    global used
    cdef Py_ssize_t size = key.shape[0]
    if size != 16 and size != 24 and size != 32:
        raise OSError(EINVAL)
    if used == KEYS:
        raise OSError(ENOSPC)
    mbedtls_ccm_init(&contexts[used])
    if mbedtls_ccm_setkey(
            &contexts[used], MBEDTLS_CIPHER_ID_AES, &key[0], <unsigned int>(size * 8)) != 0:
        raise OSError(EIO)
    used += 1
    return used - 1


cdef int check(
        int number, Py_ssize_t plain, Py_ssize_t raw, Py_ssize_t nonce_size) except -1:
    """That a sealed sector is twice as long as a plain one, and has room for all that is in it."""
    if number < 0 or number >= used:
        raise OSError(EBADF)
    if nonce_size < 7 or nonce_size > 13 or plain <= TAG + nonce_size or raw != 2 * plain:
        raise OSError(EINVAL)
    return 0


cpdef void seal(
        int number, Py_ssize_t nonce_size, const unsigned char[::1] plain,
        unsigned char[::1] raw) except *:
    """Encrypts `plain` into `raw`, twice as long: ciphertext, tag, nonce, and data that is only
    authenticated. Nonce and data are in `raw` already."""
    cdef size_t size = plain.shape[0]
    cdef size_t extra = TAG + nonce_size
    check(number, plain.shape[0], raw.shape[0], nonce_size)
    if mbedtls_ccm_encrypt_and_tag(
            &contexts[number], size, &raw[0] + size + TAG, nonce_size,
            &raw[0] + size + extra, size - extra, &plain[0], &raw[0], &raw[0] + size, TAG) != 0:
        raise OSError(EIO)


cpdef void unseal(
        int number, Py_ssize_t nonce_size, const unsigned char[::1] raw,
        unsigned char[::1] plain) except *:
    """Decrypts `raw` into `plain`. OSError(EILSEQ) if it is not what was sealed with this key; then
    `plain` is zeros."""
    cdef size_t size = plain.shape[0]
    cdef size_t extra = TAG + nonce_size
    cdef int result
    check(number, plain.shape[0], raw.shape[0], nonce_size)
    result = mbedtls_ccm_auth_decrypt(
        &contexts[number], size, &raw[0] + size + TAG, nonce_size, &raw[0] + size + extra,
        size - extra, &raw[0], &plain[0], &raw[0] + size, TAG)
    if result == MBEDTLS_ERR_CCM_AUTH_FAILED:
        raise OSError(EILSEQ)
    if result != 0:
        raise OSError(EIO)
