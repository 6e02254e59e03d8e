import attr
from attrs import asdict, define, field, validators


@define(order=True)
class Point:
    x: int = field(validator=validators.instance_of(int))
    y: int = 3
    tags: list = field(factory=list)


@attr.s
class Old:
    a = attr.ib(default=1)
    b = attr.ib(converter=int, default="5")


def start():
    print(Point(1), Point(1) == Point(1, 3), Point(1) < Point(2), asdict(Point(4, tags=["a"])))
    print(Old(), attr.evolve(Old(), a=7), [one.name for one in attr.fields(Old)])
    try:
        Point("x")
    except TypeError:
        print("refused")
