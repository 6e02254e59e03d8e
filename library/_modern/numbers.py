"""Methods of numbers."""

import math

from _more import native

from _modern.calls import merged

_BINARY = {
    "add": lambda a, b: a + b,
    "sub": lambda a, b: a - b,
    "mul": lambda a, b: a * b,
    "truediv": lambda a, b: a / b,
    "floordiv": lambda a, b: a // b,
    "mod": lambda a, b: a % b,
    "pow": lambda a, b: a**b,
}
_BITS = {
    "and": lambda a, b: a & b,
    "or": lambda a, b: a | b,
    "xor": lambda a, b: a ^ b,
    "lshift": lambda a, b: a << b,
    "rshift": lambda a, b: a >> b,
}
_COMPARED = {
    "eq": lambda a, b: a == b,
    "ne": lambda a, b: a != b,
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
}
_UNARY = {
    "bool": bool,
    "neg": lambda a: -a,
    "pos": lambda a: +a,
    "abs": abs,
    "int": int,
    "float": float,
    "trunc": int,
    "floor": math.floor,
    "ceil": math.ceil,
}


def _of_two(function, *, swapped=False, alike=False):
    """The method of an operator, which works on the native parts; of two that are `alike`."""

    def method(self, other):
        self, other = native(self), native(other)
        if alike and not _comparable(self, other):
            return NotImplemented
        try:
            return function(other, self) if swapped else function(self, other)
        except TypeError:
            return NotImplemented

    return method


_ALIKE = ((int, float), (list,), (tuple,), (str,), (bytes, bytearray), (set, frozenset), (dict,))


def _comparable(one, other):
    """Whether two native values are of kinds that are compared."""
    for kinds in _ALIKE:
        if isinstance(one, kinds):
            return isinstance(other, kinds) and not (
                kinds is _ALIKE[0] and isinstance(one, int) and isinstance(other, float)
            )
    return False


def _of_one(function):
    return lambda self: function(native(self))


def _operators(binary, unary, compared=(), *, swapped=True):
    found = {"__%s__" % name: _of_two(binary[name]) for name in binary}
    if swapped:
        found.update({"__r%s__" % name: _of_two(binary[name], swapped=True) for name in binary})
    found.update({"__%s__" % name: _of_two(compared[name], alike=True) for name in compared})
    found.update({"__%s__" % name: _of_one(unary[name]) for name in unary})
    return found


def some(source, names):
    return {name: source[name] for name in names.split()}


_HASHED = {"hash": hash}
OPERATORS = merged(
    _operators(merged(_BINARY, {"divmod": divmod}), merged(_UNARY, _HASHED), _COMPARED),
    {"__round__": lambda self, *digits: round(native(self), *digits)},
)
WHOLE = _operators(_BITS, {"invert": lambda a: ~a})
COMPARED = _operators({}, {}, _COMPARED)
EQUAL = _operators({}, {}, some(_COMPARED, "eq ne"))
HASHED = _operators({}, _HASHED)
SEQUENCE = merged(
    _operators(some(_BINARY, "add mul"), {}, _COMPARED, swapped=False),
    {"__rmul__": _of_two(_BINARY["mul"], swapped=True)},
)
FORMATTED = _operators(some(_BINARY, "mod"), {})
SETS = merged(_operators(merged(some(_BITS, "and or xor"), some(_BINARY, "sub")), {}, _COMPARED))
UNITED = merged(_operators(some(_BITS, "or"), {}), EQUAL)


def _in_place(function):
    def method(self, other):
        function(native(self), other)
        return self

    return method


def _repeat(items, count):
    items[:] = items * count


LIST_IN_PLACE = {"__iadd__": _in_place(list.extend), "__imul__": _in_place(_repeat)}
DICT_IN_PLACE = {"__ior__": _in_place(dict.update)}
SET_IN_PLACE = {
    "__ior__": _in_place(set.update), "__iand__": _in_place(set.intersection_update),
    "__isub__": _in_place(set.difference_update), "__ixor__": _in_place(set.symmetric_difference_update),
}  # fmt: skip


def power(base, exponent, modulus):
    """`pow(…)` with a negative exponent: of the inverse, by Euclid's algorithm."""
    rest, other, found, next_found = base % modulus, modulus, 1, 0
    while other:
        times = rest // other
        rest, other = other, rest - times * other
        found, next_found = next_found, found - times * next_found
    if rest not in (1, -1):
        raise ValueError("base is not invertible for the given modulus")
    return pow(found * rest % modulus, -exponent, modulus)


def is_integer(self):
    return math.isfinite(self) and self == int(self)


def hex_of(self):
    """`float.hex()`."""
    if not math.isfinite(self):
        return str(self)
    sign = "-" if math.copysign(1, self) < 0 else ""
    if self == 0:
        return sign + "0x0.0p+0"
    part, exponent = math.frexp(abs(self))
    exponent -= 1
    whole = 1
    if exponent < -1022:
        part, exponent, whole = math.ldexp(part, exponent + 1022), -1022, 0
    digits = int(math.ldexp(part * 2 - whole, 52))
    return "%s0x%d.%013xp%+d" % (sign, whole, digits, exponent)


def from_hex(text):
    """`float.fromhex(text)`."""
    name = text.strip().lower()
    sign = -1.0 if name[:1] == "-" else 1.0
    name = name[1:] if name[:1] in ("-", "+") else name
    if name in ("inf", "infinity", "nan"):
        return sign * float(name)
    digits, _, exponent = (name[2:] if name[:2] == "0x" else name).partition("p")
    before, _, after = digits.partition(".")
    try:
        value = int(before + after, 16)
        exponent = int(exponent or "0") - 4 * len(after)
    except ValueError:
        raise ValueError("invalid hexadecimal floating-point string") from None
    excess = len(bin(value)) - 2 - 60
    if excess > 0:  # what is far behind the digits of a double only says that it is not nothing
        value = value >> excess | (value & (1 << excess) - 1 != 0)
        exponent += excess
    found = value * 2.0**exponent if -1000 < exponent < 900 else math.ldexp(float(value), exponent)
    if found == float("inf"):
        raise OverflowError("hexadecimal value too large to represent as a float")
    return sign * found
