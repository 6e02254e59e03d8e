"""Regular expressions, by PCRE2."""

from re._constants import (
    ASCII,
    DEBUG,
    DOTALL,
    IGNORECASE,
    LOCALE,
    MULTILINE,
    NOFLAG,
    TEMPLATE,
    UNICODE,
    VERBOSE,
    A,
    I,
    L,
    M,
    PatternError,
    RegexFlag,
    S,
    T,
    U,
    X,
    error,
)
from re._pattern import Match, Pattern

_NATIVE = ("compile", "match", "search", "sub", "split", "error", "purge")
_cache = {}
_MOST = 512


def compile(pattern, flags=0):
    """A pattern, kept for the next time."""
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError("cannot process flags argument with a compiled pattern")
        return pattern
    key = (type(pattern), pattern, flags)
    found = _cache.get(key)
    if found is None:
        found = Pattern(pattern, int(flags))
        if len(_cache) >= _MOST:
            _cache.clear()
        _cache[key] = found
    return found


def match(pattern, string, flags=0):
    return compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    return compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    return compile(pattern, flags).search(string)


def findall(pattern, string, flags=0):
    return compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    return compile(pattern, flags).finditer(string)


def split(pattern, string, maxsplit=0, flags=0):
    return compile(pattern, flags).split(string, maxsplit)


class Scanner:
    """What a text consists of, by a list of patterns and what becomes of each."""

    def __init__(self, lexicon, flags=0):
        self.lexicon, self._actions, self.match = lexicon, [], None
        parts, at = [], 1
        for phrase, action in lexicon:
            parts.append("(" + phrase + ")")
            self._actions.append((at, action))
            at += 1 + compile(phrase, flags).groups
        self.scanner = compile("|".join(parts), flags)

    def scan(self, string):
        """What the actions give, as a list, and the rest that no pattern takes."""
        found, at = [], 0
        while True:
            match = self.scanner.match(string, at)
            if match is None or match.end() == at:
                return found, string[at:]
            at = match.end()
            matched = (act for number, act in self._actions if match.group(number) is not None)
            action = next(matched)
            if callable(action):
                self.match = match
                action = action(self, match.group())
            if action is not None:
                found.append(action)


def sub(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, count=0, flags=0):
    return compile(pattern, flags).subn(repl, string, count)


def purge():
    _cache.clear()


_SPECIAL = "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"


def escape(pattern):
    """The pattern that matches just this text."""
    if isinstance(pattern, str):
        return "".join(["\\" + one if one in _SPECIAL else one for one in pattern])
    return bytes(escape("".join(map(chr, pattern))).encode("latin-1"))
