"""Moments from text: in images that ask for `time.strptime`."""

from _strptime import _strptime_time as strptime
