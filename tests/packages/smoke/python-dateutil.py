from datetime import datetime

from dateutil.parser import isoparse, parse
from dateutil.relativedelta import FR, relativedelta
from dateutil.rrule import DAILY, WEEKLY, rrule


def start():
    begin = datetime(2024, 1, 31, 10, 30)
    print(begin + relativedelta(months=+1), begin + relativedelta(years=1, weekday=FR(-1)))
    print(relativedelta(datetime(2025, 3, 1), begin))
    print([str(one.date()) for one in rrule(DAILY, count=3, dtstart=begin)])
    print([str(one) for one in rrule(WEEKLY, count=2, byweekday=FR, dtstart=begin)])
    print(
        parse("Thu Sep 25 2003 10:49:41"),
        parse("10 July 1996 3pm"),
        parse("2003-09-25T10:49:41.5-03:00"),
    )
    print(isoparse("20240102T030405Z"))
