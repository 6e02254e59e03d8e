"""The interpreter's `time`, and what it lacks of CPython's: local time is UTC."""

from _bound import native as _native
from utime import *
from utime import gmtime as _gmtime
from utime import mktime as _mktime
from utime import ticks_us as _ticks
from utime import time_ns

_NATIVE = ("gmtime", "localtime", "mktime")
_attrs = {"strptime": "_parse"}
_STRUCT_TM_ITEMS = 11
timezone = altzone = daylight = 0
tzname = ("UTC", "UTC")
CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID = 0, 1, 2
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


class struct_time(tuple):
    """A moment, by its parts."""

    n_fields, n_sequence_fields = _STRUCT_TM_ITEMS, 9
    tm_zone, tm_gmtoff = "UTC", 0

    def __new__(cls, parts):
        parts = tuple(parts)
        if not 9 <= len(parts) <= _STRUCT_TM_ITEMS:
            most = "least 9" if len(parts) < 9 else "most 11"
            raise TypeError(
                "time.struct_time() takes an at %s-sequence (%d-sequence given)"
                % (most, len(parts))
            )
        made = super().__new__(cls, parts[:9])
        if len(parts) > 9:
            made.tm_zone = parts[9]
        if len(parts) > 10:
            made.tm_gmtoff = parts[10]
        return made

    def __getattr__(self, name):
        if name in _PARTS:
            return self[_PARTS.index(name)]
        raise AttributeError(name)

    def __repr__(self):
        return "time.struct_time(%s)" % ", ".join(["%s=%d" % pair for pair in zip(_PARTS, self)])


_PARTS = (
    "tm_year",
    "tm_mon",
    "tm_mday",
    "tm_hour",
    "tm_min",
    "tm_sec",
    "tm_wday",
    "tm_yday",
    "tm_isdst",
)


def gmtime(seconds=None):
    found = _gmtime() if seconds is None else _gmtime(int(seconds // 1))
    return struct_time(tuple(found)[:8] + (0,))


localtime = gmtime


def mktime(parts):
    return float(_mktime(tuple(parts)[:8]))


def monotonic_ns():
    return _elapsed() * 1000


_last = _ticks()
_total = 0


def _elapsed():
    global _last, _total
    now = _ticks()
    _total += ticks_diff(now, _last)
    _last = now
    return _total


def monotonic():
    return _elapsed() / 1000000


perf_counter, perf_counter_ns = monotonic, monotonic_ns
process_time, process_time_ns, thread_time, thread_time_ns = (
    monotonic,
    monotonic_ns,
    monotonic,
    monotonic_ns,
)


def clock_gettime(clk_id):
    return clock_gettime_ns(clk_id) / 1000000000


def clock_gettime_ns(clk_id):
    if clk_id not in (CLOCK_REALTIME, CLOCK_MONOTONIC, CLOCK_PROCESS_CPUTIME_ID):
        raise OSError(22)
    return time_ns() if clk_id == CLOCK_REALTIME else monotonic_ns()


def get_clock_info(name):
    return None


def asctime(parts=None):
    parts = localtime() if parts is None else parts
    return "%s %s %2d %02d:%02d:%02d %d" % (
        _DAYS[parts[6]][:3],
        _MONTHS[parts[1] - 1][:3],
        parts[2],
        parts[3],
        parts[4],
        parts[5],
        parts[0],
    )


def ctime(seconds=None):
    return asctime(localtime(seconds))


def strftime(form, parts=None):
    """As C's, in the C locale."""
    parts = localtime() if parts is None else parts
    year, month, day, hour, minute, second, weekday, yearday = tuple(parts)[:8]
    found, at = [], 0
    while at < len(form):
        one = form[at]
        at += 1
        if one != "%" or at == len(form):
            found.append(one)
            continue
        one = form[at]
        at += 1
        if one in "-_" and at < len(form):
            plain = strftime("%" + form[at], parts)
            found.append(plain.lstrip("0") or "0")
            at += 1
            continue
        sunday, iso = (weekday + 1) % 7, _iso(year, weekday, yearday)
        found.append(
            {
                "Y": "%d" % year,
                "m": "%02d" % month,
                "d": "%02d" % day,
                "H": "%02d" % hour,
                "M": "%02d" % minute,
                "S": "%02d" % second,
                "y": "%02d" % (year % 100),
                "C": "%02d" % (year // 100),
                "e": "%2d" % day,
                "j": "%03d" % yearday,
                "I": "%02d" % (hour % 12 or 12),
                "k": "%2d" % hour,
                "l": "%2d" % (hour % 12 or 12),
                "P": "am" if hour < 12 else "pm",
                "r": "%02d:%02d:%02d %s"
                % (hour % 12 or 12, minute, second, "AM" if hour < 12 else "PM"),
                "G": "%d" % iso[0],
                "g": "%02d" % (iso[0] % 100),
                "V": "%02d" % iso[1],
                "p": "AM" if hour < 12 else "PM",
                "a": _DAYS[weekday][:3],
                "A": _DAYS[weekday],
                "b": _MONTHS[month - 1][:3],
                "B": _MONTHS[month - 1],
                "h": _MONTHS[month - 1][:3],
                "w": "%d" % sunday,
                "u": "%d" % (weekday + 1),
                "Z": "UTC",
                "z": "+0000",
                "%": "%",
                "n": "\n",
                "t": "\t",
                "F": "%d-%02d-%02d" % (year, month, day),
                "f": "%f",
                "T": "%02d:%02d:%02d" % (hour, minute, second),
                "R": "%02d:%02d" % (hour, minute),
                "D": "%02d/%02d/%02d" % (month, day, year % 100),
                "U": "%02d" % ((yearday + 6 - sunday) // 7),
                "W": "%02d" % ((yearday + 6 - weekday) // 7),
                "X": "%02d:%02d:%02d" % (hour, minute, second),
                "x": "%02d/%02d/%02d" % (month, day, year % 100),
                "c": asctime(parts),
                "s": "%d" % _mktime(tuple(parts)[:8]),
            }.get(one, "%" + one)
        )
    return "".join(found)


def _iso(year, weekday, yearday):
    """The year and the week of ISO 8601 that a day is in: those of the week's Thursday."""
    thursday = yearday + 3 - weekday
    if thursday < 1:
        year -= 1
        thursday += 365 + _is_leap(year)
    elif thursday > 365 + _is_leap(year):
        thursday -= 365 + _is_leap(year)
        year += 1
    return year, (thursday + 6) // 7


def _is_leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def __getattr__(name):
    if name not in _attrs:
        raise AttributeError("module 'time' has no attribute '%s'" % name)
    return __import__("time." + _attrs[name], None, None, [name]).strptime


def tzset():
    return None


_native(
    gmtime,
    mktime,
    monotonic_ns,
    monotonic,
    clock_gettime,
    clock_gettime_ns,
    get_clock_info,
    asctime,
    ctime,
    strftime,
    tzset,
)
