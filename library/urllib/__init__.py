"""Addresses: see `urllib.parse`. Nothing here opens one."""
