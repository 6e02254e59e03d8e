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
    x, y = _parts(z)
    if not x and not y:
        return complex(0.0, y)
    if math.isinf(y):
        return complex(inf, y)
    root = math.sqrt(abs(x) / 2 + math.hypot(x / 2, y / 2))
    if x >= 0:
        return complex(root, y / (2 * root))
    return complex(abs(y) / (2 * root), math.copysign(root, y))


def log10(z):
    found = log(z)
    return complex(found.real / math.log(10), found.imag / math.log(10))


# Kahan, "Branch cuts for complex elementary functions", 1987: each from two roots.


def acos(z):
    x, y = _parts(z)
    below, above = sqrt(complex(1 - x, -y)), sqrt(complex(1 + x, y))
    real = 2 * math.atan2(below.real, above.real)
    return complex(real, math.asinh(above.real * below.imag - above.imag * below.real))


def asin(z):
    x, y = _parts(z)
    below, above = sqrt(complex(1 - x, -y)), sqrt(complex(1 + x, y))
    real = math.atan2(x, below.real * above.real - below.imag * above.imag)
    return complex(real, math.asinh(below.real * above.imag - below.imag * above.real))


def acosh(z):
    x, y = _parts(z)
    below, above = sqrt(complex(x - 1, y)), sqrt(complex(x + 1, y))
    real = math.asinh(below.real * above.real + below.imag * above.imag)
    return complex(real, 2 * math.atan2(below.imag, above.real))


def asinh(z):
    x, y = _parts(z)
    found = asin(complex(-y, x))
    return complex(found.imag, -found.real)


def atanh(z):
    x, y = _parts(z)
    if y == 0 and abs(x) == 1:
        raise ValueError("math domain error")
    real = math.log1p(4 * x / ((1 - x) * (1 - x) + y * y)) / 4
    return complex(real, math.atan2(2 * y, (1 - x) * (1 + x) - y * y) / 2)


def atan(z):
    x, y = _parts(z)
    found = atanh(complex(-y, x))
    return complex(found.imag, -found.real)


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
