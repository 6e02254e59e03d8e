"""Where an image's boot arguments come from."""

from mirage_py.dsl import Impl, impl, typ

__all__ = ["Argv", "argv", "default_argv", "no_argv"]


class Argv:
    """The boot arguments."""


argv = typ(Argv)

default_argv: Impl[Argv] = impl("argv", argv)
"""What the tender's command line gives."""

no_argv: Impl[Argv] = impl("no_argv", argv, meson="c_args += '-DMIRAGE_NO_ARGV'")
"""None, whatever the tender's command line says: `--help` among it is not heeded."""
