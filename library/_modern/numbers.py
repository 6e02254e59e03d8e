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
    "lt": lambda a, b: a < b,
    "le": lambda a, b: a <= b,
    "gt": lambda a, b: a > b,
    "ge": lambda a, b: a >= b,
}
_UNARY = {
    "neg": lambda a: -a,
    "pos": lambda a: +a,
    "abs": abs,
    "int": int,
    "float": float,
    "trunc": int,
    "floor": math.floor,
    "ceil": math.ceil,
}


def _of_two(function, *, swapped=False):
    """The method of an operator, which works on the native parts."""

    def method(self, other):
        self, other = native(self), native(other)
        try:
            return function(other, self) if swapped else function(self, other)
        except TypeError:
            return NotImplemented

    return method


def _of_one(function):
    return lambda self: function(native(self))


def _operators(binary, unary, compared=()):
    found = {"__%s__" % name: _of_two(binary[name]) for name in binary}
    found.update({"__r%s__" % name: _of_two(binary[name], swapped=True) for name in binary})
    found.update({"__%s__" % name: _of_two(compared[name]) for name in compared})
    found.update({"__%s__" % name: _of_one(unary[name]) for name in unary})
    return found


OPERATORS = _operators(_BINARY, _UNARY, _COMPARED)
WHOLE = _operators(_BITS, {"invert": lambda a: ~a})


def operators_of(binary, reflected=()):
    """The methods of operators of a native type that is no number."""
    found = {"__%s__" % name: _of_two(_SYMBOLS[name]) for name in binary}
    found.update({"__r%s__" % name: _of_two(_SYMBOLS[name], swapped=True) for name in reflected})
    return found


_SYMBOLS = merged(_BINARY, _BITS, _COMPARED)
SEQUENCE = operators_of(("add", "mul", "lt", "le", "gt", "ge"), ("mul",))


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
