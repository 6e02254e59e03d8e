"""Connections to names over either family: guest package `mirage.happy_eyeballs`."""

from mirage_py.devices.stack import Stack, stackv4v6
from mirage_py.dsl import Impl, impl, runtime_arg, typ

__all__ = ["HappyEyeballs", "generic_happy_eyeballs", "happy_eyeballs"]

MILLISECOND = 1_000_000


class HappyEyeballs:
    """Connections to names and addresses, over IPv6 or IPv4 (RFC 8305)."""


happy_eyeballs = typ(HappyEyeballs)


def generic_happy_eyeballs(
    stack: Impl[Stack],
    *,
    group: str | None = None,
    aaaa_timeout: int = 50 * MILLISECOND,
    connect_delay: int = 250 * MILLISECOND,
    connect_timeout: int = 10_000 * MILLISECOND,
    resolve_timeout: int = 1000 * MILLISECOND,
    resolve_retries: int = 3,
    timer_interval: int = 10 * MILLISECOND,
) -> Impl[HappyEyeballs]:
    """Connections over `stack` to whichever address of a host answers first. Times are in
    nanoseconds; they are the defaults of the boot arguments `--he-aaaa-timeout` and so on,
    `--GROUP-he-aaaa-timeout` in a group."""
    arguments = [
        ("aaaa-timeout", aaaa_timeout, "Nanoseconds that IPv4 addresses wait for IPv6 ones."),
        ("connect-delay", connect_delay, "Nanoseconds between the starts of two attempts."),
        ("connect-timeout", connect_timeout, "Nanoseconds until there is a connection."),
        ("resolve-timeout", resolve_timeout, "Nanoseconds that an attempt to find a name takes."),
        ("resolve-retries", resolve_retries, "Attempts to find a name."),
        ("timer-interval", timer_interval, "Nothing: attempts here are as punctual as the clock."),
    ]
    declared = impl(
        "happy_eyeballs",
        stackv4v6 >> happy_eyeballs,
        connect=lambda *values: f"mirage.happy_eyeballs.connect({', '.join(values)})",
        imports=["mirage.happy_eyeballs"],
        runtime_args=[
            runtime_arg(
                f"he-{name}", type=int, default=default, doc=doc, section="HAPPY EYEBALLS",
                group=group,
            )
            for name, default, doc in arguments
        ],
    )  # fmt: skip
    return declared(stack)
