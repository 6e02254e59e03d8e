"""Compiled patterns, and what they match."""

from re._constants import (
    ASCII,
    DOTALL,
    IGNORECASE,
    LOCALE,
    MULTILINE,
    UNICODE,
    VERBOSE,
    error,
)
from re._template import template
from re._translated import Translated

import _pcre

# PCRE2's options; runtime_c/port/modpcre.c holds them to its header.
_ANCHORED, _ENDANCHORED, _UCP, _NOTEMPTY_ATSTART = 0x80000000, 0x20000000, 0x20000, 8
# In several lines, `^` is behind a newline that ends the text, too.
_OPTIONS = {IGNORECASE: 8, MULTILINE: 0x200400, DOTALL: 0x20, VERBOSE: 0x80}
_FOREVER = 1 << 30
_NAMES = {
    IGNORECASE: "IGNORECASE",
    LOCALE: "LOCALE",
    MULTILINE: "MULTILINE",
    DOTALL: "DOTALL",
    UNICODE: "UNICODE",
    VERBOSE: "VERBOSE",
    ASCII: "ASCII",
}


class Pattern:
    """A compiled pattern."""

    __module__ = "re"

    def __init__(self, pattern, flags):
        if not isinstance(pattern, (str, bytes, bytearray)):
            raise TypeError("first argument must be string or compiled pattern")
        self.pattern = pattern
        self._bytes = isinstance(pattern, (bytes, bytearray))
        text = "".join(map(chr, pattern)) if self._bytes else pattern
        try:
            made = Translated(text, flags)
            if made.flags & VERBOSE and not flags & VERBOSE:
                made = Translated(text, made.flags)
        except error as failed:
            failed.pattern = pattern
            raise
        self.flags = made.flags if self._bytes or made.flags & ASCII else made.flags | UNICODE
        options = sum([option for flag, option in _OPTIONS.items() if made.flags & flag])
        if not self._bytes and not made.flags & ASCII:
            options |= _UCP
        source = bytes([ord(one) for one in made.result]) if self._bytes else made.result
        try:
            self._code = _pcre.compile(source, options)
        except ValueError as failed:
            message, pos = made.told(*failed.args)
            raise error(message, pattern, pos) from None
        self.groups = _pcre.groups(self._code)
        self.groupindex = _pcre.names(self._code)
        self._parents = made.parents

    def _match(self, string, pos, endpos, options=0):
        pos = min(max(pos, 0), len(string))
        endpos = min(max(endpos, 0), len(string))
        found = _pcre.match(self._code, string, pos, endpos, options)
        return None if found is None else Match(self, string, pos, endpos, found)

    def match(self, string, pos=0, endpos=_FOREVER):
        return self._match(string, pos, endpos, _ANCHORED)

    def fullmatch(self, string, pos=0, endpos=_FOREVER):
        return self._match(string, pos, endpos, _ANCHORED | _ENDANCHORED)

    def search(self, string, pos=0, endpos=_FOREVER):
        return self._match(string, pos, endpos)

    def finditer(self, string, pos=0, endpos=_FOREVER):
        options, first = 0, min(max(pos, 0), len(string))
        while True:
            found = self._match(string, pos, endpos, options)
            if found is None:
                return
            found.pos = first
            yield found
            start, pos = found.span()
            options = _NOTEMPTY_ATSTART if start == pos else 0
            if start != pos:
                options = 0

    def findall(self, string, pos=0, endpos=_FOREVER):
        result = []
        for one in self.finditer(string, pos, endpos):
            if self.groups == 0:
                result.append(one.group())
            elif self.groups == 1:
                result.append(one.groups(string[:0])[0])
            else:
                result.append(one.groups(string[:0]))
        return result

    def split(self, string, maxsplit=0):
        parts, last, count = [], 0, 0
        for one in self.finditer(string):
            if maxsplit and count >= maxsplit:
                break
            parts.append(string[last : one.start()])
            parts.extend(one.groups())
            last = one.end()
            count += 1
        parts.append(string[last:])
        return parts

    def subn(self, repl, string, count=0):
        parts, last, done = [], 0, 0
        if not callable(repl):
            repl = template(self, repl)
        for one in self.finditer(string):
            if count and done >= count:
                break
            parts.append(string[last : one.start()])
            parts.append(repl(one))
            last = one.end()
            done += 1
        parts.append(string[last:])
        return string[:0].join([bytes(one) if self._bytes else one for one in parts]), done

    def sub(self, repl, string, count=0):
        return self.subn(repl, string, count)[0]

    def scanner(self, string, pos=0, endpos=_FOREVER):
        return _Scanner(self, string, pos, endpos)

    def __eq__(self, other):
        return isinstance(other, Pattern) and (self.pattern, self.flags) == (
            other.pattern,
            other.flags,
        )

    def __hash__(self):
        return hash(self.pattern)

    def __copy__(self):
        return self

    def __deepcopy__(self, _):
        return self

    def __repr__(self):
        names = [
            name
            for flag, name in _NAMES.items()
            if self.flags & flag and not (flag == UNICODE and not self._bytes)
        ]
        flags = ", " + "|".join(["re." + name for name in names]) if names else ""
        return "re.compile(%r%s)" % (self.pattern, flags)

    def __class_getitem__(cls, _):
        return cls


class _Scanner:
    def __init__(self, pattern, string, pos, endpos):
        self.pattern, self.string, self.pos, self.endpos = pattern, string, pos, endpos

    def _next(self, find):
        found = find(self.string, self.pos, self.endpos)
        if found is not None:
            self.pos = found.end() + (found.end() == found.start())
        return found

    def match(self):
        return self._next(self.pattern.match)

    def search(self):
        return self._next(self.pattern.search)


class Match:
    """What a pattern matched."""

    __module__ = "re"

    def __init__(self, pattern, string, pos, endpos, offsets):
        self.re, self.string, self._offsets = pattern, string, offsets
        self.pos, self.endpos = pos, endpos

    def _number(self, group):
        if isinstance(group, int):
            if 0 <= group <= self.re.groups:
                return group
        elif group in self.re.groupindex:
            return self.re.groupindex[group]
        raise IndexError("no such group")

    def _get(self, group, default=None):
        number = self._number(group)
        start = self._offsets[2 * number]
        if start < 0:
            return default
        part = self.string[start : self._offsets[2 * number + 1]]
        return part if isinstance(part, (str, bytes)) else bytes(part)

    def group(self, *groups):
        if len(groups) == 0:
            return self._get(0)
        if len(groups) == 1:
            return self._get(groups[0])
        return tuple([self._get(one) for one in groups])

    def __getitem__(self, group):
        return self._get(group)

    def groups(self, default=None):
        return tuple([self._get(number, default) for number in range(1, self.re.groups + 1)])

    def groupdict(self, default=None):
        return {name: self._get(number, default) for name, number in self.re.groupindex.items()}

    def start(self, group=0):
        return self._offsets[2 * self._number(group)]

    def end(self, group=0):
        return self._offsets[2 * self._number(group) + 1]

    def span(self, group=0):
        return (self.start(group), self.end(group))

    @property
    def regs(self):
        return tuple([self.span(number) for number in range(self.re.groups + 1)])

    @property
    def lastindex(self):
        """The group that was closed last."""
        last, end = None, -1
        for number in range(1, self.re.groups + 1):
            at = self._offsets[2 * number + 1]
            if at > end or (at == end and last is not None and not self._around(last, number)):
                if at >= 0:
                    last, end = number, at
        return last

    def _around(self, outer, inner):
        while inner:
            inner = self.re._parents[inner]
            if inner == outer:
                return True
        return False

    @property
    def lastgroup(self):
        last = self.lastindex
        for name, number in self.re.groupindex.items():
            if number == last:
                return name
        return None

    def expand(self, text):
        return template(self.re, text)(self)

    def __bool__(self):
        return True

    def __repr__(self):
        return "<re.Match object; span=%r, match=%r>" % (self.span(), self.group())

    def __class_getitem__(cls, _):
        return cls
