"""`collections.abc`, by its other name."""

from collections.abc import *
