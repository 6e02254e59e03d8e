"""What CPython's `csv` has in C: rows of text, read and written."""

__version__ = "1.0"
QUOTE_MINIMAL, QUOTE_ALL, QUOTE_NONNUMERIC, QUOTE_NONE = range(4)
_DEFAULTS = {
    "delimiter": ",", "doublequote": True, "escapechar": None, "lineterminator": "\r\n",
    "quotechar": '"', "quoting": QUOTE_MINIMAL, "skipinitialspace": False, "strict": False,
}  # fmt: skip
_dialects = {}
_limit = [131072]


class Error(Exception):
    """Rows that are none, or cannot be written."""


class Dialect:
    """How rows are written."""

    def __init__(self, dialect=None, **options):
        if isinstance(dialect, str):
            dialect = get_dialect(dialect)
        for name in options:
            if name not in _DEFAULTS:
                raise TypeError("'%s' is an invalid keyword argument for this function" % name)
        found = {}
        for name, value in _DEFAULTS.items():
            found[name] = options.get(name, getattr(dialect, name, value))
        said = "quoting" in options or hasattr(dialect, "quoting")
        if found["quotechar"] is None and not said:
            found["quoting"] = QUOTE_NONE
        self._found = found
        for name in ("delimiter", "escapechar", "quotechar"):
            _check_character(name, found[name])
        if not isinstance(found["lineterminator"], str):
            raise TypeError('"lineterminator" must be a string')
        if type(found["quoting"]) is not int:
            raise TypeError('"quoting" must be an integer')
        if not 0 <= found["quoting"] <= 3:
            raise TypeError('bad "quoting" value')
        if found["quoting"] != QUOTE_NONE and found["quotechar"] is None:
            raise TypeError("quotechar must be set if quoting enabled")
        for name in ("doublequote", "skipinitialspace", "strict"):
            found[name] = bool(found[name])

    def __getattr__(self, name):
        if name[:1] == "_" or name not in self._found:
            raise AttributeError(name)
        return self._found[name]

    def __setattr__(self, name, value):
        if name in _DEFAULTS:
            raise AttributeError("attribute '%s' of '_csv.Dialect' objects is not writable" % name)
        object.__setattr__(self, name, value)

    def __delattr__(self, name):
        raise AttributeError(name)


def _check_character(name, value):
    if value is None and name != "delimiter":
        return
    if not isinstance(value, str):
        raise TypeError('"%s" must be string%s, not %s' % (
            name, "" if name == "delimiter" else " or None", type(value).__name__
        ))  # fmt: skip
    if len(value) != 1:
        raise TypeError('"%s" must be a 1-character string' % name)


def _made(dialect, options):
    if isinstance(dialect, Dialect) and not options:
        return dialect
    return Dialect(dialect, **options)


def register_dialect(name, dialect=None, **options):
    if not isinstance(name, str):
        raise TypeError("dialect name must be a string")
    _dialects[name] = _made(dialect, options)


def unregister_dialect(name):
    if name not in _dialects:
        raise Error("unknown dialect")
    del _dialects[name]


def get_dialect(name):
    if not isinstance(name, str) or name not in _dialects:
        raise Error("unknown dialect")
    return _dialects[name]


def list_dialects():
    return list(_dialects)


def field_size_limit(limit=...):
    """The most characters of a field; it can be set."""
    old = _limit[0]
    if limit is not ...:
        if not isinstance(limit, int):
            raise TypeError("limit must be an integer")
        _limit[0] = limit
    return old


_START_ROW, _START, _ESCAPED, _PLAIN, _QUOTED, _QUOTED_ESCAPED, _QUOTE, _ENDED, _ESCAPED_END = (
    range(9)
)


class _Reader:
    """The rows of lines."""

    def __init__(self, lines, dialect=None, **options):
        self._lines = iter(lines)
        self.dialect, self.line_num = _made(dialect, options), 0

    def __iter__(self):
        return self

    def __next__(self):
        self._row, self._field, self._is_number, self._state = [], [], False, _START_ROW
        while True:
            try:
                line = next(self._lines)
            except StopIteration:
                return self._at_end()
            if not isinstance(line, str):
                raise Error(
                    "iterator should return strings, not %s (the file should be opened in text mode)"
                    % type(line).__name__
                )
            self.line_num += 1
            for one in line:
                self._take(one)
            self._take("")
            if self._state == _START_ROW:
                return self._row

    def _at_end(self):
        if self._state == _START_ROW:
            raise StopIteration
        if self.dialect.strict:
            raise Error("unexpected end of data")
        self._keep()
        return self._row

    def _add(self, text):
        if len(self._field) >= _limit[0]:
            raise Error("field larger than field limit (%d)" % _limit[0])
        self._field.append(text)

    def _keep(self):
        text = "".join(self._field)
        self._row.append(float(text) if self._is_number else text)
        self._field, self._is_number = [], False

    def _take(self, one):
        """A character; none at the end of a line."""
        how, state = self.dialect, self._state
        end = one in ("\r", "\n", "")
        if state == _ENDED:
            if one == "":
                self._state = _START_ROW
            elif not end:
                raise Error(
                    "new-line character seen in unquoted field - do you need to open the file in "
                    "universal-newline mode?"
                )
        elif state in (_START_ROW, _START):
            if state == _START_ROW and end:
                self._state = _START_ROW if one == "" else _ENDED
            elif end:
                self._keep()
                self._finish(one)
            elif one == how.quotechar and how.quoting != QUOTE_NONE:
                self._state = _QUOTED
            elif one == how.escapechar:
                self._state = _ESCAPED
            elif one == " " and how.skipinitialspace:
                self._state = _START
            elif one == how.delimiter:
                self._keep()
                self._state = _START
            else:
                self._is_number = how.quoting == QUOTE_NONNUMERIC
                self._add(one)
                self._state = _PLAIN
        elif state == _ESCAPED:
            self._add(one or "\n")
            self._state = _ESCAPED_END if one in ("\r", "\n") else _PLAIN
        elif state == _ESCAPED_END and one == "":
            pass
        elif state in (_PLAIN, _ESCAPED_END):
            self._state = _PLAIN
            if end:
                self._keep()
                self._finish(one)
            elif one == how.escapechar:
                self._state = _ESCAPED
            elif one == how.delimiter:
                self._keep()
                self._state = _START
            else:
                self._add(one)
        elif state == _QUOTED:
            if one == how.escapechar and one:
                self._state = _QUOTED_ESCAPED
            elif one == how.quotechar and how.quoting != QUOTE_NONE and one:
                self._state = _QUOTE if how.doublequote else _PLAIN
            elif one:
                self._add(one)
        elif state == _QUOTED_ESCAPED:
            self._add(one or "\n")
            self._state = _QUOTED
        elif one == how.quotechar and how.quoting != QUOTE_NONE and one:
            self._add(one)
            self._state = _QUOTED
        elif one == how.delimiter:
            self._keep()
            self._state = _START
        elif end:
            self._keep()
            self._finish(one)
        elif how.strict:
            raise Error("'%s' expected after '%s'" % (how.delimiter, how.quotechar))
        else:
            self._add(one)
            self._state = _PLAIN

    def _finish(self, one):
        self._state = _START_ROW if one == "" else _ENDED


class _Writer:
    """Writes rows to a file."""

    def __init__(self, file, dialect=None, **options):
        self._write = getattr(file, "write", None)
        if not callable(self._write):
            raise TypeError('argument 1 must have a "write" method')
        self.dialect = _made(dialect, options)

    def writerow(self, row):
        try:
            values = list(row)
        except TypeError:
            raise Error("iterable expected, not %s" % type(row).__name__) from None
        fields = [self._field(value) for value in values]
        if len(fields) == 1 and not fields[0]:
            if self.dialect.quoting == QUOTE_NONE:
                raise Error("single empty field record must be quoted")
            fields = [self.dialect.quotechar * 2]
        return self._write(self.dialect.delimiter.join(fields) + self.dialect.lineterminator)

    def writerows(self, rows):
        for row in rows:
            self.writerow(row)

    def _field(self, value):
        how = self.dialect
        is_number = isinstance(value, (int, float))
        if value is None:
            text = ""
        elif isinstance(value, float):
            text = repr(value)
        else:
            text = str(value)
        quoted = how.quoting == QUOTE_ALL or (how.quoting == QUOTE_NONNUMERIC and not is_number)
        special = {how.delimiter, how.escapechar, how.quotechar, "\r", "\n"}
        special.update(how.lineterminator)
        found = []
        for one in text:
            if one in special:
                escaped = how.quoting == QUOTE_NONE
                if one == how.quotechar and not escaped:
                    if how.doublequote:
                        found.append(one)
                    else:
                        escaped = True
                elif one == how.escapechar:
                    escaped = True
                if escaped:
                    if how.escapechar is None:
                        raise Error("need to escape, but no escapechar set")
                    found.append(how.escapechar)
                else:
                    quoted = True
            found.append(one)
        text = "".join(found)
        return how.quotechar + text + how.quotechar if quoted else text


def reader(lines, dialect=None, **options):
    return _Reader(lines, dialect, **options)


def writer(file, dialect=None, **options):
    return _Writer(file, dialect, **options)
