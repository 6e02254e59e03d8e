"""The names that CPython's `socket` has from C."""

from socket import *
