"""Figures of this unikernel, which `monitoring` in config.py sends to a monitor.

    from mirage import metrics
    metrics.source("orders", lambda: {"open": len(orders), "total": total})

A source is asked when figures are sent; until then it costs nothing.
"""

if False:  # for type checkers
    from collections.abc import Callable, Mapping

    Value = bool | int | float | str


class Source:
    """What some figures come from. `source` makes it."""

    def __init__(
        self, name: str, data: Callable[[], Mapping[str, Value]], tags: Mapping[str, str]
    ) -> None:
        self.name = name
        self.data = data
        self.tags = tags
        self.enabled = True
        """Whether it is asked."""

    def line(self, tags: Mapping[str, str]) -> str:
        """Its figures as a line of InfluxDB's line protocol, with its tags and those; the time is
        left to who gets it. Empty if there are none now."""
        fields = ",".join(
            ["%s=%s" % (_key(key), _value(value)) for key, value in sorted(self.data().items())]
        )
        if not fields:
            return ""
        marks = "".join(
            [
                ",%s=%s" % (_key(key), _key(value))
                for each in (tags, self.tags)
                for key, value in each.items()
            ]
        )
        return "%s%s %s\n" % (_escaped(self.name, ", "), marks, fields)


sources: list[Source] = []
"""All that there are, in the order in which they were made."""


def source(
    name: str, data: Callable[[], Mapping[str, Value]], tags: Mapping[str, str] = {}
) -> Source:
    """A source of figures: `data()` gives them by name. Tags tell sources of one name apart."""
    made = Source(name, data, tags)
    sources.append(made)
    return made


def lines(tags: Mapping[str, str]) -> str:
    """The figures of all sources that are enabled, a line each."""
    return "".join([one.line(tags) for one in sources if one.enabled])


def enable(name: str, enabled: bool = True) -> bool:
    """Ask the sources of that name, `*` for all, or do not; whether there are any."""
    found = [one for one in sources if name in ("*", one.name)]
    for one in found:
        one.enabled = enabled
    return bool(found)


def _key(text):
    return _escaped(text, ",= ")


def _escaped(text, special):
    text = text.replace("\n", " ")
    for one in special:
        text = text.replace(one, "\\" + one)
    return text


def _value(value):
    if value is True or value is False:
        return "true" if value else "false"
    if isinstance(value, int):
        return "%di" % value
    if isinstance(value, float):
        return repr(value)
    return '"%s"' % value.replace("\\", "\\\\").replace('"', '\\"')
