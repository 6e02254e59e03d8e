"""The cases of tests that are marked as for pytest, and their fixtures, for the runner (_suite)."""

from _marks import (
    BUILTIN,
    SCOPES,
    Failed,
    FixtureRequest,
    Mark,
    Skipped,
    XFailed,
    _fixtures,
    _Param,
    _told,
)


class Case:
    """One call of a test: its arguments by name, the parameters of its fixtures with their indexes,
    its marks, and what it cannot be called for."""

    def __init__(self, marks=(), fixtures=(), wants=(), error=None):
        self.values, self.params, self.label = {}, {}, ""
        self.marks, self.fixtures, self.wants, self.error = list(marks), fixtures, wants, error

    def given(self, names, indirect, index, one, label):
        """The same with further arguments."""
        made = Case(self.marks, self.fixtures, self.wants)
        made.values.update(self.values)
        made.params.update(self.params)
        made.label = "%s-%s" % (self.label, label) if self.label else label
        if isinstance(one, _Param):
            made.marks += one.marks
        for name, value in zip(names, values_of(one, names)):
            if name in indirect:
                made.params[name] = (index, value)
            else:
                made.values[name] = value
        return made

    def fixture(self, name, asking=None):
        """The nearest fixture of that name, if there is one; for one that asks for its own name,
        that which it stands in place of."""
        found = [one for one in self.fixtures if one.name == name]
        if asking in found:
            found = found[: found.index(asking)]
        return found[-1] if found else None

    def needed(self):
        """The names of all fixtures that it takes, in the order in which they are asked for."""
        found = [one.name for one in self.fixtures if one.autouse]
        found += [name for one in self.marks if one.name == "usefixtures" for name in one.args]
        found += self.wants
        for name in found:
            one = self.fixture(name)
            found += [more for more in (one.wants if one else ()) if more not in found]
        return list(dict.fromkeys(found))


class Fixture:
    """A function that makes a value for tests, of a module or of a class."""

    def __init__(self, name, load, owner, function, wants, kind):
        place = getattr(load(), owner) if owner else load()
        self.function, self.attribute = getattr(place, function), function
        self.name, self.owner, self.wants, self.kind = name, owner, wants, kind
        options = _fixtures.get(id(self.function), (4, None, False, None))
        self.scope, self.params, self.autouse, self.ids = options


def cases(around, name, load, owner, function, wants, fixtures):
    """The cases of a test, each with its name."""
    try:
        module = load()
        cls = getattr(module, owner) if owner else None
        marks = [*_told.get(id(getattr(cls or module, function)), ()), *of(cls), *listed(module)]
        seen = [Fixture(*one) for one in fixtures if one[2] in (None, owner)]
        found = [Case(marks, seen, wants)]
        for names, indirect, given, ids in parameters(found[0]):
            labels = unique([label(names, n, one, ids) for n, one in enumerate(given)])
            if not given:
                found[0].error = Skipped("got empty parameter set for %r" % (names,))
                return [(name + "[NOTSET]", found[0])]
            found = [
                case.given(names, indirect, n, one, labels[n])
                for case in found
                for n, one in enumerate(given)
            ]
        return [(name + ("[%s]" % one.label if one.label else ""), one) for one in found]
    except BaseException as error:
        return [(name, Case(error=error))]


def of(cls):
    """The marks of a class and of those that it is made from."""
    if cls is None or cls is object:
        return []
    own = [*_told.get(id(cls), ()), *listed(cls)]
    return own + [one for base in getattr(cls, "__bases__", ()) for one in of(base)]


def listed(place):
    """The marks that stand as `pytestmark` in a module or class."""
    found = getattr(place, "pytestmark", [])
    return [found] if isinstance(found, Mark) else list(found)


def parameters(case):
    """What a test is called with several of: the names, those of them that are fixtures' own, the
    values, and their labels."""
    for name in case.needed():
        one = case.fixture(name)
        if one and one.params is not None:
            yield (name,), (name,), list(one.params), one.ids
    for one in case.marks:
        if one.name == "parametrize":
            yield from parametrized(*one.args, **one.kwargs)


def parametrized(argnames, argvalues, indirect=False, ids=None, scope=None):
    names = argnames.split(",") if isinstance(argnames, str) else argnames
    names = tuple(name.strip() for name in names)
    given = list(argvalues)
    for one in given:
        values_of(one, names)
    yield names, names if indirect is True else indirect or (), given, ids


def values_of(one, names):
    """A row of values, one for each name."""
    row = one.values if isinstance(one, _Param) else (one,) if len(names) == 1 else tuple(one)
    if len(row) != len(names):
        raise ValueError("parametrize: %d values for %r" % (len(row), names))
    return row


def label(names, index, one, ids):
    """What stands for a row of values in a test's name."""
    if isinstance(one, _Param) and one.id is not None:
        return one.id
    if isinstance(ids, (list, tuple)) and ids[index] is not None:
        return str(ids[index])
    row = values_of(one, names)
    return "-".join([spelled(name, index, value, ids) for name, value in zip(names, row)])


def spelled(name, index, value, ids):
    """What stands for a value."""
    told = ids(value) if callable(ids) else None
    if told is not None:
        return str(told)
    if value is None or isinstance(value, (int, float, str)):
        return str(value)
    return getattr(value, "__name__", None) or "%s%d" % (name, index)


def unique(labels):
    """The same, with a number behind those that there are several of."""
    seen = {}
    for n, one in enumerate(labels):
        if labels.count(one) > 1:
            seen.setdefault(one, []).append(n)
    made = list(labels)
    for one, places in seen.items():
        for number, place in enumerate(places):
            made[place] = one + str(number)
    return made


def expected(marks):
    """Raises Skipped for a test whose marks say so; what turns the outcome of one that is to fail."""
    turn = None
    for one in marks:
        why = one.kwargs.get("reason", "")
        if one.name == "skip":
            raise Skipped(why or (one.args[0] if one.args else "unconditional skip"))
        if one.name == "skipif" and holds(one, False):
            raise Skipped(why)
        if one.name == "xfail" and holds(one, True):
            if not one.kwargs.get("run", True):
                raise XFailed("[NOTRUN] " + why)
            turn = turn or turning(one.kwargs.get("raises"), one.kwargs.get("strict", False), why)
    return turn


def holds(one, default):
    """Whether the condition of a mark holds."""
    conditions = one.args or [one.kwargs.get("condition", default)]
    if any(isinstance(condition, str) for condition in conditions):
        raise TypeError("an image does not work out a condition that is text: %r" % (conditions,))
    return any(conditions)


def turning(kind, strict, why):
    def turn(word, errors, reason):
        if word == "PASSED":
            if strict:
                return "FAILED", [Failed("[XPASS(strict)] " + why)], ""
            return "XPASS", [], why
        if word in ("FAILED", "ERROR") and (kind is None or isinstance(errors[0], kind)):
            return "XFAIL", [], why
        return word, errors, reason

    return turn


def values(around, case, place):
    """The arguments of a test, whose fixtures are begun, those that last longest first."""
    begun = Values(around, case, place)
    names = [name for name in case.needed() if name not in case.values]
    for name in sorted(names, key=begun.order):
        begun.of(name)
    return {name: begun.of(name) for name in case.wants}


class Values:
    """What fixtures have made for a test."""

    def __init__(self, around, case, place):
        self.around, self.case, self.place = around, case, place

    def order(self, name):
        one = self.case.fixture(name)
        return one.scope if one else 4

    def of(self, name, asking=None):
        """The value of a fixture, or of a parameter."""
        if name in self.case.values:
            return self.case.values[name]
        one = self.case.fixture(name, asking)
        if name == "request" and one is None:
            return self.request(asking)
        kept = self.around.values
        key = (name, id(one.function) if one else 0, self.case.params.get(name, (0,))[0])
        if key not in kept:
            ends = self.around.ends[self.scope(one)]
            ends.append(lambda: kept.pop(key, None))
            kept[key] = self.made(one, ends) if one else built_in(name, ends)
        return kept[key]

    def scope(self, one):
        scope = SCOPES[one.scope] if one else "function"
        alone = scope == "class" and self.around.last[1] is None
        return "function" if alone else "session" if scope == "package" else scope

    def request(self, one):
        scope = self.scope(one)
        return FixtureRequest(self, one.name if one else None, scope, self.around.ends[scope])

    def made(self, one, ends):
        """What a fixture makes; what it does afterwards is put to the ends of its scope."""
        given = {name: self.of(name, one) for name in one.wants}
        function = getattr(self.place, one.attribute) if one.owner else one.function
        if one.kind == "plain":
            return function(**given)
        outcome = function(**given)
        if one.kind == "async":
            return self.around.wait(outcome)
        if one.kind == "yields":
            ends.append(lambda: next(outcome, None) and None)
            return next(outcome)
        ends.append(lambda: self.around.wait(finished(outcome)))
        return self.around.wait(outcome.__anext__())


async def finished(generator):
    try:
        await generator.__anext__()
    except StopAsyncIteration:
        pass


def built_in(name, ends):
    if name not in BUILTIN:
        raise LookupError("fixture %r not found" % name)
    kind, end = BUILTIN[name]
    made = kind()
    ends.append(getattr(made, end))
    return made
