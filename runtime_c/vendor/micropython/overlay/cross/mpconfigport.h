// SPDX-License-Identifier: ISC
// Copyright (c) 2026 The mirage-py authors

/* mpconfigport.h: mpy-cross as a build needs it. What is frozen into images is bytecode: it emits
 * no machine code. */

#include "mpy-cross/mpconfigport.h"

#undef MICROPY_EMIT_ARM
#undef MICROPY_EMIT_INLINE_RV32
#undef MICROPY_EMIT_INLINE_THUMB
#undef MICROPY_EMIT_INLINE_XTENSA
#undef MICROPY_EMIT_NATIVE_DEBUG
#undef MICROPY_EMIT_RV32
#undef MICROPY_EMIT_THUMB
#undef MICROPY_EMIT_X64
#undef MICROPY_EMIT_X86
#undef MICROPY_EMIT_XTENSA
#undef MICROPY_EMIT_XTENSAWIN
