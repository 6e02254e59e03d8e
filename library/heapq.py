"""Heaps, and what is largest and smallest."""

from _bound import native as _native
from uheapq import heapify, heappop, heappush


def heappushpop(heap, item):
    """The smallest of the heap and the item, of which the rest stays."""
    if heap and heap[0] < item:
        item, heap[0] = heap[0], item
        _sink(heap)
    return item


def heapreplace(heap, item):
    """The smallest of the heap, in whose place the item comes."""
    smallest, heap[0] = heap[0], item
    _sink(heap)
    return smallest


def _sink(heap):
    """Move the first item down to where it belongs."""
    at, item = 0, heap[0]
    while 2 * at + 1 < len(heap):
        below = 2 * at + 1
        if below + 1 < len(heap) and not heap[below] < heap[below + 1]:
            below += 1
        if not heap[below] < item:
            break
        heap[at] = heap[below]
        at = below
    heap[at] = item


def nsmallest(n, iterable, key=None):
    """The `n` smallest, in order."""
    return sorted(iterable, key=key)[: max(n, 0)]


def nlargest(n, iterable, key=None):
    """The `n` largest, the largest first."""
    return sorted(iterable, key=key, reverse=True)[: max(n, 0)]


def merge(*iterables, key=None, reverse=False):
    """The items of sorted iterables, in order."""
    rest = []
    for one in iterables:
        one = iter(one)
        for item in one:
            rest.append((item, item if key is None else key(item), one))
            break
    while rest:
        at = 0
        for number in range(1, len(rest)):
            one, other = rest[number][1], rest[at][1]
            if other < one if reverse else one < other:
                at = number
        item, _, source = rest[at]
        yield item
        for item in source:
            rest[at] = item, item if key is None else key(item), source
            break
        else:
            del rest[at]


_native(heappushpop, heapreplace)
