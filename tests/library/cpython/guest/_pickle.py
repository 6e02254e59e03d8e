"""Tests that pickle are skipped."""

from pickle import PicklingError, dumps, loads

__all__ = ["PicklingError", "dumps", "loads"]
