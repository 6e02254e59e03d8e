// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* mbedtls_config.h: what of mbedTLS there is, in place of its own. The processor's AES instructions
 * are used where it has them. */

#define MBEDTLS_AES_C
#define MBEDTLS_CCM_C
#define MBEDTLS_MD5_C
#define MBEDTLS_SHA1_C
#define MBEDTLS_SHA224_C
#define MBEDTLS_SHA256_C
#define MBEDTLS_SHA384_C
#define MBEDTLS_SHA512_C
#define MBEDTLS_SHA3_C
#define MBEDTLS_HAVE_ASM
#define MBEDTLS_AESNI_C
#define MBEDTLS_AES_ROM_TABLES // nothing is computed at boot, nor kept in memory

/* Called by what is not linked. */
void free(void *memory);
