"""What the values of boot arguments are."""

from typing import assert_type

from mirage import args

text = args.add("--text")
given = args.add("--given", "-g", default="x", choices=["x", "y"])
needed = args.add("--needed", required=True, docv="WHAT")
number = args.add("--number", type=int, section="NUMBERS")
ratio = args.add("--ratio", type=float, default=1)
quiet = args.add("--quiet", type=bool, required=True)
address = args.add("--address", type="ip")
network = args.add("--network", type="prefix", default="10.0.0.0/8", group="left")
gateway = args.add("--gateway", type="ipv4", required=True)
names = args.add("--to", repeated=True)
ports = args.add("--port", type=int, repeated=True, default=[80, 443])
hosts = args.add("--host", type="ip", repeated=True, required=True)


def start() -> None:
    assert_type(text(), str | None)
    assert_type(given(), str)
    assert_type(needed(), str)
    assert_type(number(), int | None)
    assert_type(ratio(), float)
    assert_type(quiet(), bool)
    assert_type(address(), str | None)
    assert_type(network(), str)
    assert_type(gateway(), str)
    assert_type(names(), list[str])
    assert_type(ports(), list[int])
    assert_type(hosts(), list[str])
