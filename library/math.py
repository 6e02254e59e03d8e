"""Mathematics: MicroPython's, and the functions that it lacks."""

from umath import *


def gcd(*numbers):
    """The greatest common divisor."""
    found = 0
    for one in numbers:
        one = abs(one)
        while one:
            found, one = one, found % one
    return found


def lcm(*numbers):
    """The least common multiple."""
    found = 1
    for one in numbers:
        if not one:
            return 0
        found = abs(found * one) // gcd(found, one)
    return found


def isqrt(number):
    """The square root, as an integer below it."""
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


def factorial(number):
    """The product of the numbers up to this."""
    if number < 0:
        raise ValueError("factorial() not defined for negative values")
    return prod(range(2, number + 1))


def perm(n, k=None):
    """In how many orders `k` of `n` things can stand."""
    k = n if k is None else k
    if n < 0 or k < 0:
        raise ValueError("perm() takes non-negative integers")
    return prod(range(n - k + 1, n + 1)) if k <= n else 0


def comb(n, k):
    """In how many ways `k` of `n` things can be taken."""
    if n < 0 or k < 0:
        raise ValueError("comb() takes non-negative integers")
    k = min(k, n - k)
    return perm(n, k) // factorial(k) if k >= 0 else 0


def fsum(numbers):
    """The sum; what each addition loses is kept (Shewchuk, 1997)."""
    parts = []
    for one in numbers:
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
        parts[at:] = [one]
    return sum(reversed(parts), 0.0)


def hypot(*numbers):
    """The length of a vector."""
    largest = max([abs(one) for one in numbers], default=0.0)
    if not largest or isinf(largest):
        return float(largest)
    return largest * sqrt(fsum([(one / largest) ** 2 for one in numbers]))


def dist(first, second):
    """The distance of two points."""
    return hypot(*[one - other for one, other in zip(first, second)])


def cbrt(number):
    """The cube root."""
    if not isfinite(number):
        return number
    found = abs(number) ** (1 / 3)
    nearest = round(found)
    return copysign(nearest if nearest**3 == abs(number) else found, number)


def exp2(number):
    """2 to this power."""
    return 2.0**number


def ulp(number):
    """The value of the lowest digit."""
    if not isfinite(number):
        return abs(number)
    return ldexp(1.0, max(frexp(number)[1] - 53, -1074))


def nextafter(number, towards):
    """The next float in a direction."""
    if isnan(number) or isnan(towards) or number == towards:
        return number + towards if number != towards else float(towards)
    if not number:
        return copysign(5e-324, towards)
    if isinf(number):
        return copysign(1.7976931348623157e308, number)
    step = ulp(number)
    if (towards > number) != (number > 0) and abs(frexp(number)[0]) == 0.5 and step > 5e-324:
        step /= 2
    return number + step if towards > number else number - step


def remainder(first, second):
    """What the nearest multiple leaves, of two the even one."""
    if isnan(first) or isnan(second) or isinf(first) or not second:
        if isnan(first) or isnan(second):
            return first + second
        raise ValueError("math domain error")
    if isinf(second):
        return float(first)
    second = abs(second)
    rest = fmod(abs(first), second)
    other = second - rest
    if rest > other:
        rest = -other
    elif rest == other:
        rest -= 2.0 * fmod(0.5 * (abs(first) - rest), second)
    return copysign(1.0, first) * rest


def log1p(number):
    """The logarithm of one more."""
    number = float(number)
    whole = 1.0 + number
    if whole <= 0:
        raise ValueError("math domain error")
    if whole == 1.0 or isinf(number):
        return number
    return log(whole) * number / (whole - 1.0)
