"""Doing nothing."""

from mirage_py.dsl import Impl, Job, impl, job

__all__ = ["noop"]

noop: Impl[Job] = impl("noop", job)
"""A job that is done at once."""
