import asyncio

import six
from six.moves import range as moved
from six.moves import urllib_parse as parse


class Meta(type):
    def __new__(meta, name, bases, names):
        names["made"] = name.upper()
        return type.__new__(meta, name, bases, names)


class Thing(six.with_metaclass(Meta, object)):
    pass


@six.add_metaclass(Meta)
class Other:
    pass


def start():
    print(
        six.PY3,
        six.text_type is str,
        six.ensure_binary("é"),
        six.ensure_str(b"a"),
        six.u("x"),
        six.b("y"),
    )
    print(
        list(six.iteritems({"a": 1})),
        list(moved(3)),
        six.int2byte(65),
        six.byte2int(b"A"),
        six.unichr(233),
    )
    print(Thing.made, Other.made, isinstance(5, six.integer_types), parse.quote("a b"))
    try:
        six.raise_from(ValueError("a"), KeyError("b"))
    except ValueError as error:
        print(error)
    asyncio.run(waits())


async def waits():
    """six finds its modules itself, and asyncio those that it has put off."""
    try:
        await asyncio.wait_for(asyncio.sleep(5), 0.01)
    except asyncio.TimeoutError:
        print("late")
