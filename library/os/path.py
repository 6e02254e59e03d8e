"""`posixpath`, by its other name."""

from posixpath import *
