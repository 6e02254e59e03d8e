"""Processes, of which an image can start none."""

PIPE, STDOUT, DEVNULL = -1, -2, -3


class SubprocessError(Exception):
    """A process failed."""


class CalledProcessError(SubprocessError):
    """A process ended with an error."""


class TimeoutExpired(SubprocessError):
    """A process took too long."""


class CompletedProcess:
    """What became of a process."""


def _refuse(*_, **__):
    raise OSError(38)


run = call = check_call = check_output = getoutput = getstatusoutput = Popen = list2cmdline = (
    _refuse
)
