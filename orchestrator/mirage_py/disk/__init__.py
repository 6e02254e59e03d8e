"""Disks: files that block devices are, made and read on the host by the tools of their formats."""

from mirage_py.disk.kinds import KINDS as KINDS
from mirage_py.disk.kinds import Kind as Kind
from mirage_py.disk.kinds import opened as opened
