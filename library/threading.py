"""Threads, of which an image has one: locks are free, and starting another is an error."""


class Lock:
    """A lock."""

    def __init__(self):
        self._count = 0

    def acquire(self, blocking=True, timeout=-1):
        if self._count and not self._again():
            if blocking:
                raise RuntimeError("the one thread waits for itself")
            return False
        self._count += 1
        return True

    def _again(self):
        return False

    def release(self):
        if not self._count:
            raise RuntimeError("release unlocked lock")
        self._count -= 1

    def locked(self):
        return self._count > 0

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *_):
        self.release()


class RLock(Lock):
    """A lock that its holder can take again."""

    def _again(self):
        return True


class Condition(RLock):
    def __init__(self, lock=None):
        super().__init__()

    def notify(self, n=1):
        pass

    notify_all = notifyAll = notify

    def wait(self, timeout=None):
        return True

    def wait_for(self, predicate, timeout=None):
        return predicate()


class Semaphore:
    def __init__(self, value=1):
        self._value = value

    def acquire(self, blocking=True, timeout=None):
        if not self._value:
            return False
        self._value -= 1
        return True

    def release(self, n=1):
        self._value += n

    def __enter__(self):
        return self.acquire()

    def __exit__(self, *_):
        self.release()


BoundedSemaphore = Semaphore


class Event:
    def __init__(self):
        self._set = False

    def is_set(self):
        return self._set

    def set(self):
        self._set = True

    def clear(self):
        self._set = False

    def wait(self, timeout=None):
        return self._set


class local:
    """Attributes of the one thread."""


class Thread:
    """A thread, which cannot be started."""

    def __init__(self, group=None, target=None, name=None, args=(), kwargs=None, *, daemon=None):
        self.name, self.daemon, self.ident = name or "Thread", daemon, None

    def start(self):
        raise RuntimeError("can't start new thread")

    def is_alive(self):
        return False

    def join(self, timeout=None):
        pass


class Timer(Thread):
    pass


class _Main(Thread):
    def is_alive(self):
        return True


_main = _Main(name="MainThread")
_main.ident = 1
TIMEOUT_MAX = 1 << 40


def current_thread():
    return _main


main_thread = currentThread = current_thread


def get_ident():
    return 1


get_native_id = get_ident


def active_count():
    return 1


def enumerate():
    return [_main]
