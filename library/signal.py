"""Signals, of which an image gets none."""

SIGHUP, SIGINT, SIGQUIT, SIGKILL, SIGUSR1, SIGSEGV, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM, SIGCHLD = (
    1,
    2,
    3,
    9,
    10,
    11,
    12,
    13,
    14,
    15,
    17,
)
SIG_DFL, SIG_IGN = 0, 1
Signals = Handlers = int


def signal(signum, handler):
    return SIG_DFL


getsignal = default_int_handler = signal


def set_wakeup_fd(*_, **__):
    return -1
