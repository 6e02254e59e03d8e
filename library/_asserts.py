"""What an `assert` of a test says when it does not hold. `mirage-py test` writes the calls."""

LONGEST = 240
"""Characters of a value that are shown."""
PLAIN = 20
"""Values that are written in so many are seen to differ."""


def told(form, values, sources, *message):
    """A message: what the assertion came to, where a value comes from, and how two differ. `form`
    has a place for each value, `sources` are the expressions that they were in the file."""
    shown = [short(value) for value in values]
    lines = [str(one) for one in message] + ["assert " + form % tuple(shown)]
    for one, source in zip(shown, sources):
        if source not in ("", one):
            lines.append(" +  where %s = %s" % (one, source))
    if form == "%s == %s" and max(len(one) for one in shown) > PLAIN:
        lines += ["  " + one for one in difference(*values)]
    return "\n".join(lines)


def short(value):
    """How a value is written."""
    try:
        text = repr(value)
    except Exception as error:
        return "<%s whose repr raises %r>" % (type(value).__name__, error)
    half = LONGEST // 2
    return text if len(text) <= LONGEST else "%s...%s" % (text[:half], text[-half:])


def difference(left, right):
    """Lines that say how two values of a kind differ."""
    for kinds, tell in ((dict, mappings), ((set, frozenset), sets), ((list, tuple), sequences),
                        (str, texts), ((bytes, bytearray), texts)):  # fmt: skip
        if isinstance(left, kinds) and isinstance(right, kinds):
            return tell(left, right)
    return []


def mappings(left, right):
    lines = ["only left: %s" % short({key: left[key]}) for key in left if key not in right]
    lines += ["only right: %s" % short({key: right[key]}) for key in right if key not in left]
    for key in left:
        if key in right and left[key] != right[key]:
            lines.append("at %r: %s, and %s" % (key, short(left[key]), short(right[key])))
    return lines


def sets(left, right):
    lines = ["only left: %s" % short(one) for one in left if one not in right]
    return lines + ["only right: %s" % short(one) for one in right if one not in left]


def first(left, right):
    """The index where two sequences begin to differ."""
    for n, (one, other) in enumerate(zip(left, right)):
        if one != other:
            return n
    return min(len(left), len(right))


def sequences(left, right):
    n = first(left, right)
    if n < min(len(left), len(right)):
        return ["at index %d: %s, and %s" % (n, short(left[n]), short(right[n]))]
    if len(left) == len(right):
        return []
    side, more = ("left", left) if len(left) > len(right) else ("right", right)
    return ["%s has %d more: %s" % (side, len(more) - n, short(more[n:]))]


def texts(left, right):
    n = first(left, right)
    begin = max(n - PLAIN, 0)
    one, other = left[begin : n + PLAIN], right[begin : n + PLAIN]
    return ["from index %d: %r, and %r" % (n, one, other)] if n < max(len(left), len(right)) else []
