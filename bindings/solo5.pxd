# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""The Solo5 API, as the drivers see it. Only drivers cimport this."""

from libc.stdint cimport uint8_t, uint64_t


cdef extern from "solo5.h" nogil:
    ctypedef enum solo5_result_t:
        SOLO5_R_OK
        SOLO5_R_AGAIN
        SOLO5_R_EINVAL
        SOLO5_R_EUNSPEC

    ctypedef uint64_t solo5_time_t
    ctypedef uint64_t solo5_handle_t
    ctypedef uint64_t solo5_handle_set_t
    ctypedef uint64_t solo5_off_t

    cdef struct solo5_net_info:
        uint8_t mac_address[6]
        size_t mtu

    cdef struct solo5_block_info:
        solo5_off_t capacity
        solo5_off_t block_size

    void solo5_exit(int status) noexcept
    void solo5_abort() noexcept

    solo5_time_t solo5_clock_monotonic() noexcept
    solo5_time_t solo5_clock_wall() noexcept

    void solo5_yield(solo5_time_t deadline, solo5_handle_set_t *ready_set) noexcept

    void solo5_console_write(const char *text, size_t size) noexcept

    solo5_result_t solo5_net_acquire(
        const char *name, solo5_handle_t *handle, solo5_net_info *info) noexcept
    solo5_result_t solo5_net_write(
        solo5_handle_t handle, const uint8_t *data, size_t size) noexcept
    solo5_result_t solo5_net_read(
        solo5_handle_t handle, uint8_t *data, size_t size, size_t *read) noexcept

    solo5_result_t solo5_block_acquire(
        const char *name, solo5_handle_t *handle, solo5_block_info *info) noexcept
    solo5_result_t solo5_block_write(
        solo5_handle_t handle, solo5_off_t offset, const uint8_t *data, size_t size) noexcept
    solo5_result_t solo5_block_read(
        solo5_handle_t handle, solo5_off_t offset, uint8_t *data, size_t size) noexcept
