"""What is done to the store, step by step: the same for the guest, and for who checks it."""


def value(number, size):
    return bytes((number * 31 + at * 7 + at // 256) & 255 for at in range(size))


def steps():
    """Pairs of the name of an operation and its arguments."""
    for number in range(60):
        yield "set", ("k%d" % (number % 7), value(number, (number * 97) % 700))
        if number % 5 == 1:
            yield "set", ("d%d/e/v" % (number % 3), value(number, 1500))
        if number % 5 == 2:
            yield "set_partial", ("k%d" % (number % 7), 3, value(number, 40))
        if number % 5 == 3:
            yield "rename", ("k%d" % (number % 7), "moved")
        if number % 10 == 9:
            yield "remove", ("k%d" % (number % 7),)


def appends():
    """The same of an archive, to which values are only added."""
    for number in range(25):
        yield "set", ("d%d/v%d" % (number % 3, number), value(number, (number * 397) % 1700))
        if number % 4 == 1:
            yield "remove", ("d%d/v%d" % (number % 3, number),)
        if number % 4 == 2:
            yield "rename", ("d%d/v%d" % (number % 3, number), "moved%d" % number)
