"""Mathematics: MicroPython's, and the functions that it lacks."""

from umath import *  # isort: split

from _operator import index

from _bound import native as _native
from _math import cbrt, exp2, log1p, nextafter, remainder, ulp


def gcd(*numbers):
    """The greatest common divisor."""
    found = 0
    for one in numbers:
        one = abs(index(one))
        while one:
            found, one = one, found % one
    return found


def lcm(*numbers):
    """The least common multiple."""
    found = 1
    for one in [index(one) for one in numbers]:
        if not one:
            return 0
        found = abs(found * one) // gcd(found, one)
    return found


def isqrt(number):
    """The square root, as an integer below it."""
    number = index(number)
    if number < 0:
        raise ValueError("isqrt() argument must be nonnegative")
    found = 1 << ((len(bin(number)) - 1) // 2)
    while found * found > number:
        found = (found + number // found) // 2
    return found


def prod(numbers, *, start=1):
    """The product."""
    for one in numbers:
        start *= one
    return start


def _natural(number, name):
    number = index(number)
    if number < 0:
        raise ValueError("%s must be a non-negative integer" % name)
    return number


def factorial(number):
    """The product of the numbers up to this."""
    number = index(number)
    if number < 0:
        raise ValueError("factorial() not defined for negative values")
    return prod(range(2, number + 1))


def perm(n, k=None):
    """In how many orders `k` of `n` things can stand."""
    if k is None:
        return factorial(n)
    n, k = _natural(n, "n"), _natural(k, "k")
    return prod(range(n - k + 1, n + 1)) if k <= n else 0


def comb(n, k):
    """In how many ways `k` of `n` things can be taken."""
    n, k = _natural(n, "n"), _natural(k, "k")
    k = min(k, n - k)
    return perm(n, k) // factorial(k) if k >= 0 else 0


def _parts(numbers):
    """Floats that do not overlap, in ascending order, whose sum is that of the numbers; what each
    addition loses is kept (Shewchuk, 1997). The other list holds what is no finite number."""
    parts, special = [], []
    for one in numbers:
        one = float(one)
        if not isfinite(one):
            special.append(one)
            continue
        at = 0
        for other in parts:
            if abs(one) < abs(other):
                one, other = other, one
            high = one + other
            low = other - (high - one)
            if low:
                parts[at] = low
                at += 1
            one = high
        if not isfinite(one):
            raise OverflowError("intermediate overflow in fsum")
        parts[at:] = [one] if one else []
    return parts, special


def fsum(numbers):
    """The sum, rounded once."""
    parts, special = _parts(numbers)
    if special:
        found = sum(special)
        if isnan(found) and not any(map(isnan, special)):
            raise ValueError("-inf + inf in fsum")
        return found
    total = parts.pop() if parts else 0.0
    while parts:
        high, part = total, parts.pop()
        total = high + part
        lost = part - (total - high)
        if lost:
            # Halfway between two floats, what is left says which is nearer.
            if parts and (lost < 0) == (parts[-1] < 0):
                further = total + 2 * lost
                if further - total == 2 * lost:
                    total = further
            break
    return total


def hypot(*numbers):
    """The length of a vector."""
    numbers = [abs(float(one)) for one in numbers]
    largest = max(numbers, default=0.0)
    if inf in numbers:
        return inf
    if any(map(isnan, numbers)):
        return nan
    if not largest:
        return 0.0
    exponent = frexp(largest)[1]
    return ldexp(sqrt(fsum([ldexp(one, -exponent) ** 2 for one in numbers])), exponent)


def dist(p, q):
    """The distance of two points."""
    first, second = tuple(p), tuple(q)
    if len(first) != len(second):
        raise ValueError("both points must have the same number of dimensions")
    return hypot(*[float(one) - float(other) for one, other in zip(first, second)])


_native(gcd, lcm, isqrt, prod, factorial, perm, comb, fsum, hypot, dist)
