"""CPython's abc in Python: here there is one."""

from abc import ABCMeta, get_cache_token
