"""A monitor: it gets this unikernel's figures, and may say which are sent and what is logged. What
`monitoring` in config.py does.

Figures go to port 8094 of the monitor again and again, on a connection of their own each time, as
lines of InfluxDB's protocol. Who connects to port 2323 of the unikernel sends one command, which is
answered by `ok` or `error: ...`:

    L*:info,http:debug      log messages of these levels, as the boot argument --logs says it
    l, l*, lhttp            which are logged: of those sources that differ, of all, of some
    Mmemory:off, M*:on      do not send figures of some sources, or do
    m, m*, mmemory          which are sent
"""

import asyncio
import gc

import _net
from mirage import args, log, metrics, net

if False:  # for type checkers
    from mirage.stack import Stack

PORT = 8094
COMMANDS = 2323
_PATIENCE = 10  # seconds that a command may take to come
_COMMAND = 1024  # bytes of the longest
_ON = {"on": True, "enable": True, "off": False, "disable": False}
_log = log.source("monitoring")


async def connect(stack: Stack, host: str | None, interval: int) -> None:
    """Begin, if a monitor is given; it gets figures every `interval` seconds, or every one if that
    is less. Raises OSError if the port of commands is taken."""
    if not host:
        _log.warning("no monitor specified, not outputting statistics")
        return
    metrics.source("memory", _memory)
    for one in net.networks:
        metrics.source("network", _traffic(one), {"device": one.name})
    await stack.tcp.listen(COMMANDS, _serve)
    _sender.append(asyncio.create_task(_send(stack, host, max(interval, 1))))


_sender = []


def _memory():
    return {
        "heap_used": gc.mem_alloc(),
        "heap_free": gc.mem_free(),
        "network_used": _net.memory_used(),
        "network_total": _net.memory(),
    }


def _traffic(network):
    def data():
        received, received_bytes, sent, sent_bytes, dropped = network.statistics()
        return {
            "received": received,
            "received_bytes": received_bytes,
            "sent": sent,
            "sent_bytes": sent_bytes,
            "dropped": dropped,
        }

    return data


async def _send(stack, host, interval):
    while True:
        try:
            _, writer = await stack.tcp.connect(host, PORT)
            try:
                writer.write(metrics.lines({"vm": args.name()}).encode())
                await writer.drain()
            finally:
                await writer.wait_closed()
        except OSError as error:
            _log.error("no figures were sent to %s:%d: %r", host, PORT, error)
        await asyncio.sleep(interval)


async def _serve(reader, writer):
    try:
        data = await asyncio.wait_for(reader.read(_COMMAND), _PATIENCE)
        writer.write(answer(data.decode().strip()))
        await writer.drain()
    except (OSError, UnicodeError, TimeoutError) as error:
        _log.debug("no command: %r", error)


def answer(command: str) -> str:
    """What a command is answered, after it was done."""
    try:
        what = _COMMANDS.get(command[:1])
        if not what:
            raise ValueError("unknown command")
        said = what(command[1:])
        return "ok: " + said if said else "ok"
    except ValueError as error:
        return "error: %s" % error


def _sources():
    return {one.name: "enabled" if one.enabled else "disabled" for one in metrics.sources}


def _choose_sources(text):
    for item in text.split(","):
        name, _, state = item.rpartition(":")
        if state not in _ON:
            raise ValueError("couldn't decode 'enable' or 'disable': " + state)
        if not metrics.enable(name or "*", _ON[state]):
            _log.warning("%s is not a valid metrics source.", name)


def _listed(states, text):
    """Those of the states by name that are asked for, as text."""
    default = states.pop("*")
    if text == "*":
        found = states
    elif text:
        names = text.split(",")
        for name in names:
            if name not in states:
                raise ValueError("unknown source: " + name)
        return ",".join(["%s:%s" % (name, states[name]) for name in names])
    else:
        found = {name: state for name, state in states.items() if state != default}
    return ",".join(["*:" + default] + ["%s:%s" % one for one in sorted(found.items())])


_COMMANDS = {
    "L": log.set_levels,
    "l": lambda text: _listed(log.levels(), text),
    "M": _choose_sources,
    "m": lambda text: _listed({"*": "enabled"} | _sources(), text),
}
