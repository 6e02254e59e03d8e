"""Other processes, which an image has none of."""


def cpu_count():
    return 1


class _Main:
    """The only process that there is."""

    name, pid, ident, daemon, exitcode = "MainProcess", 1, 1, False, None

    def is_alive(self):
        return True


_main = _Main()


def current_process():
    return _main


def parent_process():
    return None


def active_children():
    return []


def _refuse(*_, **__):
    raise OSError(38, "an image has no other processes")


Process = Pool = Manager = Queue = SimpleQueue = JoinableQueue = Pipe = get_context = _refuse
Lock = RLock = Event = Condition = Semaphore = BoundedSemaphore = Barrier = Value = Array = _refuse
