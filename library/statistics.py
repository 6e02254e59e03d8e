"""The small statistics: averages and spreads of numbers, computed as floats where CPython's are exact fractions."""

import math


class StatisticsError(ValueError):
    """Too few numbers."""


def _listed(data, least=1):
    data = list(data)
    if len(data) < least:
        raise StatisticsError("at least %d values are needed" % least)
    return data


def mean(data):
    """The arithmetic mean."""
    data = _listed(data)
    total = sum(data)
    whole = total / len(data)
    return int(whole) if isinstance(total, int) and whole == int(whole) else whole


def fmean(data):
    """The arithmetic mean, a float."""
    data = _listed(data)
    return float(sum(data)) / len(data)


def median(data):
    """The middle value, or the mean of both."""
    data = sorted(_listed(data))
    middle = len(data) // 2
    return data[middle] if len(data) % 2 else (data[middle - 1] + data[middle]) / 2


def median_low(data):
    """The middle value, or the lower of both."""
    data = sorted(_listed(data))
    return data[(len(data) - 1) // 2]


def median_high(data):
    """The middle value, or the higher of both."""
    data = sorted(_listed(data))
    return data[len(data) // 2]


def multimode(data):
    """The values that are there most often, in the order they come."""
    data = list(data)
    most = max((data.count(one) for one in data), default=0)
    found = []
    for one in data:
        if data.count(one) == most and one not in found:
            found.append(one)
    return found


def mode(data):
    """The first of the values that are there most often."""
    return multimode(_listed(data))[0]


def pvariance(data, mu=None):
    """The variance of a whole population."""
    data = _listed(data)
    middle = fmean(data) if mu is None else mu
    return sum((one - middle) ** 2 for one in data) / len(data)


def variance(data, xbar=None):
    """The variance that a sample tells."""
    data = _listed(data, 2)
    middle = fmean(data) if xbar is None else xbar
    return sum((one - middle) ** 2 for one in data) / (len(data) - 1)


def pstdev(data, mu=None):
    """The standard deviation of a whole population."""
    return math.sqrt(pvariance(data, mu))


def stdev(data, xbar=None):
    """The standard deviation that a sample tells."""
    return math.sqrt(variance(data, xbar))
