"""Complex mathematics: MicroPython's, the functions that it lacks, and roots to the last digits."""

import math

from ucmath import *  # isort: split

tau = 2 * math.pi
inf, nan = math.inf, math.nan
infj, nanj = complex(0.0, inf), complex(0.0, nan)


def _parts(z):
    z = complex(z)
    return z.real, z.imag


def sqrt(z):
    return complex(*_root(*_parts(z)))


def _root(x, y):
    """The parts of a root: a complex number that is made of parts forgets the sign of a zero."""
    if not x and not y:
        return 0.0, y
    if math.isinf(y):
        return inf, y
    root = math.sqrt(abs(x) / 2 + math.hypot(x / 2, y / 2))
    if x >= 0:
        return root, y / (2 * root)
    return abs(y) / (2 * root), math.copysign(root, y)


def log10(z):
    found = log(z)
    return complex(found.real / math.log(10), found.imag / math.log(10))


# Kahan, "Branch cuts for complex elementary functions", 1987: each from two roots.


def acos(z):
    x, y = _parts(z)
    (a, b), (c, d) = _root(1 - x, -y), _root(1 + x, y)
    return complex(2 * math.atan2(a, c), math.asinh(c * b - d * a))


def asin(z):
    return complex(*_arcsine(*_parts(z)))


def _arcsine(x, y):
    (a, b), (c, d) = _root(1 - x, -y), _root(1 + x, y)
    return math.atan2(x, a * c - b * d), math.asinh(a * d - b * c)


def acosh(z):
    x, y = _parts(z)
    (a, b), (c, d) = _root(x - 1, y), _root(x + 1, y)
    return complex(math.asinh(a * c + b * d), 2 * math.atan2(b, c))


def asinh(z):
    x, y = _parts(z)
    real, imag = _arcsine(-y, x)
    return complex(imag, -real)


def atanh(z):
    return complex(*_area_tangent(*_parts(z)))


def _area_tangent(x, y):
    if y == 0 and abs(x) == 1:
        raise ValueError("math domain error")
    real = math.log1p(4 * x / ((1 - x) * (1 - x) + y * y)) / 4
    return real, math.atan2(2 * y, (1 - x) * (1 + x) - y * y) / 2


def atan(z):
    x, y = _parts(z)
    real, imag = _area_tangent(-y, x)
    return complex(imag, -real)


def cosh(z):
    x, y = _parts(z)
    return complex(math.cosh(x) * math.cos(y), math.sinh(x) * math.sin(y))


def sinh(z):
    x, y = _parts(z)
    return complex(math.sinh(x) * math.cos(y), math.cosh(x) * math.sin(y))


def tanh(z):
    x, y = _parts(z)
    if abs(x) > 350:  # beyond which squares overflow
        return complex(math.copysign(1, x), 4 * math.sin(y) * math.cos(y) * math.exp(-2 * abs(x)))
    below = math.sinh(x) ** 2 + math.cos(y) ** 2
    return complex(math.sinh(x) * math.cosh(x) / below, math.sin(y) * math.cos(y) / below)


def tan(z):
    x, y = _parts(z)
    found = tanh(complex(-y, x))
    return complex(found.imag, -found.real)


def isfinite(z):
    return all(map(math.isfinite, _parts(z)))


def isinf(z):
    return any(map(math.isinf, _parts(z)))


def isnan(z):
    return any(map(math.isnan, _parts(z)))


def isclose(a, b, *, rel_tol=1e-09, abs_tol=0.0):
    if rel_tol < 0 or abs_tol < 0:
        raise ValueError("tolerances must be non-negative")
    if a == b:
        return True
    if isinf(a) or isinf(b):
        return False
    apart = abs(a - b)
    return apart <= rel_tol * abs(b) or apart <= rel_tol * abs(a) or apart <= abs_tol
