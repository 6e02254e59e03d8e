"""Log messages to a syslog server, and figures to a monitor: guest packages `mirage.syslog` and
`mirage.monitoring`."""

from typing import Any

from mirage_py.devices.stack import Stack, stackv4v6
from mirage_py.dsl import Argument, Impl, Job, impl, job, runtime_arg, typ

__all__ = ["Syslog", "monitoring", "syslog", "syslog_tcp", "syslog_udp"]


class Syslog:
    """Where log messages go, in place of the console."""


syslog = typ(Syslog)


def argument(name: str, group: str | None, **more: Any) -> Argument[Any]:
    """A boot argument of logging and monitoring."""
    return runtime_arg(name, section="LOG AND MONITORING", group=group, **more)


def _arguments(group: str | None) -> list[Argument[Any]]:
    return [
        argument("syslog", group, type="ip", docv="IP", doc="The server that log messages go to."),
        argument("syslog-port", group, type="port", default=514, docv="PORT", doc="Its port."),
        argument(
            "syslog-truncate", group, type=int, docv="BYTES", doc="How much of a message it gets."
        ),
    ]


def syslog_udp(stack: Impl[Stack], *, group: str | None = None) -> Impl[Syslog]:
    """Log messages over UDP (RFC 3164) to the server of the boot argument `--syslog`, from when the
    stack is up; without it they stay on the console."""
    declared = impl(
        "syslog_udp",
        stackv4v6 >> syslog,
        connect=lambda *values: f"mirage.syslog.connect_udp({', '.join(values)})",
        imports=["mirage.syslog"],
        runtime_args=_arguments(group),
    )
    return declared(stack)


def syslog_tcp(stack: Impl[Stack], *, group: str | None = None) -> Impl[Syslog]:
    """As `syslog_udp`, over TCP, with a zero byte behind each message. An image does not start if
    it cannot connect to the server; later it connects again."""
    declared = impl(
        "syslog_tcp",
        stackv4v6 >> syslog,
        connect=lambda *values: f"await mirage.syslog.connect_tcp({', '.join(values)})",
        imports=["mirage.syslog"],
        runtime_args=_arguments(group),
    )
    return declared(stack)


def monitoring(stack: Impl[Stack], *, group: str | None = None) -> Impl[Job]:
    """Figures (`mirage.metrics`) every ten seconds, or `--monitor-interval`, to the monitor of the
    boot argument `--monitor`, port 8094, as lines of InfluxDB's protocol; with one, log levels and
    figures can be chosen on port 2323."""
    declared = impl(
        "monitoring",
        stackv4v6 >> job,
        connect=lambda *values: f"await mirage.monitoring.connect({', '.join(values)})",
        imports=["mirage.monitoring"],
        runtime_args=[
            argument("monitor", group, type="ip", docv="IP", doc="The monitor that gets figures."),
            argument(
                "monitor-interval",
                group,
                type=int,
                default=10,
                docv="SECONDS",
                doc="After how long it gets them again; at least 1.",
            ),
        ],
    )
    return declared(stack)
