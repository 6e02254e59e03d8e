"""Other processes, which an image has none of."""


def cpu_count():
    return 1


def _refuse(*_, **__):
    raise OSError(38, "an image has no other processes")


Process = Pool = Manager = Queue = Pipe = get_context = _refuse
