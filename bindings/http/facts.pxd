# SPDX-License-Identifier: ISC
# Copyright (c) 2026 The mirage-py authors
"""What is told of a message, in the numbers `facts`, and with which flags. Python's side of them is
in mirage.http.server and .message."""


cdef enum:
    FLAGS = 0
    LENGTH = 1
    METHOD = 2
    CODE = 2  # of a response: its status
    METHOD_START = 3
    METHOD_END = 4
    TARGET_START = 5
    TARGET_END = 6
    LINE = 7
    PARSED = 8  # numbers that the parser gives

    KEEP = 1
    CHUNKED = 2
    CONTINUE = 4
    NEW = 8
    BODILESS = 16
    CONDITIONAL = 32
