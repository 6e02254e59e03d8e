"""Devices that need TLS, which no target has yet: to use one is a mistake that says so."""

from mirage_py.devices.kv import KvRo, kv_ro
from mirage_py.devices.stack import Stack, stackv4v6
from mirage_py.devices.syslog import Syslog, syslog
from mirage_py.dsl import Impl, impl

__all__ = ["syslog_tls"]


def syslog_tls(
    stack: Impl[Stack], certificates: Impl[KvRo], *, group: str | None = None
) -> Impl[Syslog]:
    """As `syslog_tcp`, over TLS, with the certificates of a store. There is no TLS yet: an image
    with it cannot be configured."""
    declared = impl("syslog_tls", stackv4v6 >> kv_ro >> syslog, requires=["tls"])
    return declared(stack, certificates)
