"""The order in which the attributes of classes are looked up."""


def mro(cls):
    """The classes that attributes are looked up in, in CPython's order (C3)."""
    bases = [one for one in cls.__bases__ if one is not object]
    lists = [mro(one)[:-1] for one in bases] + [bases]
    result = [cls]
    while True:
        lists = [one for one in lists if one]
        if not lists:
            break
        for each in lists:
            first = each[0]
            if not any(each is first for one in lists for each in one[1:]):
                break
        else:
            first = lists[0][0]
        result.append(first)
        lists = [[each for each in one if each is not first] for one in lists]
    if cls is not object:
        result.append(object)
    return result


def _mro(cls):
    return tuple(mro(cls))
