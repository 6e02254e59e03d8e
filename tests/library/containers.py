"""Containers and numbers that are large or change at both ends, printed: CPython and an image must print the same."""

import random
from collections import OrderedDict, deque

LETTERS = "abcdefghij" * 6


def deques():
    """Against a list that does the same."""
    chance = random.Random(4)
    for limit in (None, 0, 1, 5, 50):
        some, same = deque(maxlen=limit), []
        for step in range(1500):
            kind, at = chance.randrange(10), chance.randrange(-1, 2)
            if kind < 2:
                some.append(step)
                same = [*same, step]
                same = same if limit is None else same[max(len(same) - limit, 0) :]
            elif kind < 4:
                some.appendleft(step)
                same = [step, *same][:limit]
            elif kind == 4 and same:
                assert some.pop() == same.pop()
            elif kind == 5 and same:
                assert some.popleft() == same.pop(0)
            elif kind == 6 and same:
                some[-1], same[-1], some[0], same[0] = step, step, at, at
            elif kind == 7 and same:
                del some[at // 2], same[at // 2]
            elif kind == 8:
                some.rotate(at)
                same = same[-at:] + same[:-at]
            elif limit is None or len(same) < limit:
                some.insert(2, step)
                same.insert(2, step)
            if step % 50 == 0:
                print(
                    list(some) == same,
                    len(some),
                    some == deque(same),
                    list(reversed(some)) == same[::-1],
                )
        print(limit, list(some)[:9], same[:1] == list(some)[:1])


def turned():
    """While it is iterated."""
    some = deque([1, 2, 3])
    try:
        for _ in some:
            some.popleft()
    except RuntimeError as error:
        print(error)


def ordered():
    """A dictionary that loses items at both ends, against a list of its keys."""
    chance = random.Random(5)
    for size in (3, 9, 60, 400):
        some, keys = OrderedDict(), []
        for step in range(2000):
            kind = chance.randrange(7)
            if kind < 3 and len(keys) < size:
                some[step] = 1
                keys.append(step)
            elif kind in (3, 4) and keys:
                assert some.popitem(last=kind == 3) == (keys.pop(-(kind == 3)), 1)
            elif keys:
                one = chance.choice(keys)
                keys.remove(one)
                if kind == 5:
                    some.move_to_end(one)
                    keys.append(one)
                else:
                    del some[one]
            if step % 100 == 0:
                print(list(some) == keys)


def often():
    """What would take minutes if each step went over all items."""
    count = 60_000
    queue, items = deque(range(count)), OrderedDict.fromkeys(range(count))
    for step in range(count):
        queue.append(queue.popleft())
        queue.appendleft(step)
        items[-1 - step] = items.popitem(last=False)
    while queue:
        queue[0], queue.popleft()
    for _ in range(count - 3):
        items.popitem()
    print(queue, items)


def numbers():
    """Numbers that become small, and texts of large ones."""
    number, letters = int.from_bytes(b"hello world", "big"), ""
    while number:
        number, rest = divmod(number, 58)
        letters += LETTERS[rest : rest + 1]
    print(letters, LETTERS[pow(3, 100, 7) :][:3], LETTERS[2**70 % 9 : 2**70 // 2**68])
    for base in (2, 3, 7, 10, 2**31, 2**32 - 1, 10**9, 10**18):
        for power in range(40):
            for one in (base**power, base**power - 1, -(base**power)):
                same = (
                    int(str(one))
                    == int(hex(one), 16)
                    == int(f"{one:_}")
                    == int(f"{one:,}".replace(",", ""))
                    == one
                )
                if not same:
                    print(base, power)
        print(f"{base**29:,} {base**28:_x} {-(base**27):o} {base**9:#b}")
    for text in (
        "1_0" * 20,
        "9" * 30 + "?",
        "9" * 30 + "\x11",
        "9" * 30 + "`",
        " -12_" + "3" * 40,
        "zZ" * 30,
    ):
        for base in (10, 36):
            try:
                print(int(text, base))
            except ValueError as error:
                print(error)


def start():
    for part in (deques, turned, ordered, often, numbers):
        print("-", part.__name__)
        part()


if __name__ == "__main__":
    start()
