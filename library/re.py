"""Regular expressions, by PCRE2: what patterns say is CPython's syntax, translated where the two
differ (library reference, "Regular Expression Syntax")."""

import _pcre
from _modern import format as _format

_NATIVE = ("compile", "match", "search", "sub", "split", "error", "purge")
NOFLAG = 0
TEMPLATE = T = 1
IGNORECASE = I = 2
LOCALE = L = 4
MULTILINE = M = 8
DOTALL = S = 16
UNICODE = U = 32
VERBOSE = X = 64
DEBUG = 128
ASCII = A = 256
RegexFlag = int

# PCRE2's options; runtime_c/port/modpcre.c holds them to its header.
_ANCHORED, _ENDANCHORED, _UCP, _NOTEMPTY_ATSTART = 0x80000000, 0x20000000, 0x20000, 8
# In several lines, `^` is behind a newline that ends the text, too.
_OPTIONS = {IGNORECASE: 8, MULTILINE: 0x200400, DOTALL: 0x20, VERBOSE: 0x80}
_LETTERS = {
    "i": IGNORECASE,
    "L": LOCALE,
    "m": MULTILINE,
    "s": DOTALL,
    "u": UNICODE,
    "x": VERBOSE,
    "a": ASCII,
}
_ESCAPES = frozenset("AbBdDsSwWZafnrtvxuUN0123456789")
_FOREVER = 1 << 30


class error(Exception):
    """A pattern that is none."""

    def __init__(self, msg, pattern=None, pos=None):
        self.msg, self.pattern, self.pos = msg, pattern, pos
        super().__init__(msg if pos is None else "%s at position %d" % (msg, pos))


PatternError = error


class _Translated:
    """A pattern as PCRE2 takes it, with what it says of its groups."""

    def __init__(self, text, flags):
        self.text, self.flags, self.at = text, flags, 0
        self.out, self.places = [], []  # pieces of the result, and where they come from
        self.parents, self.open, self.starts = [0], [], []
        while self.at < len(text):
            self.one()
        self.result = "".join(self.out)

    def fail(self, message):
        raise error(message, self.text, self.at)

    def put(self, text, length):
        self.out.append(text)
        self.places.append(self.at)
        self.at += length

    def place(self, offset):
        """Where in the pattern an offset into the result comes from."""
        for piece, at in zip(self.out, self.places):
            if offset < len(piece):
                return at + offset
            offset -= len(piece)
        return len(self.text)

    def told(self, message, offset):
        """What CPython says of what PCRE2 refuses, and where it sees it."""
        text, at = self.text, self.place(offset)
        if message.startswith("missing closing") and self.starts:
            return "missing ), unterminated subpattern", self.starts[-1]
        if message.startswith("unmatched closing"):
            return "unbalanced parenthesis", at
        if message.startswith("(*"):
            return "nothing to repeat", text.find("(*") + 1
        if message.startswith("quantifier does not follow"):
            if text[at : at + 1] == "}":
                at = text.rfind("{", 0, at)
            before = text[:at].rstrip() if self.flags & VERBOSE else text[:at]
            repeats = before[-1:] and before[-1:] in "*+?}"
            return ("multiple repeat" if repeats else "nothing to repeat"), at
        if message.startswith("numbers out of order"):
            return "min repeat greater than max repeat", text.rfind("{", 0, at) + 1
        if message.startswith("range out of order") and text[at - 1 : at] == "-":
            return "bad character range " + text[at - 2 : at + 1], at - 2
        if message.startswith("lookbehind assertion is not fixed"):
            return "look-behind requires fixed-width pattern", None
        if message.startswith("reference to non-existent"):
            end = at
            while text[end : end + 1].isdigit():
                end += 1
            if end > at:
                return "invalid group reference " + text[at:end], at
            return "unknown group name " + repr(text[at : text.find(")", at)]), at
        if message.startswith("unrecognized character after (? "):
            return "unknown extension " + text[at - 1 : at + 1], at - 1
        return message, at

    def one(self):
        text, at = self.text, self.at
        one = text[at]
        if one == "\\":
            self.escape(False)
        elif one == "[":
            self.set()
        elif one == "(":
            self.group()
            if len(self.open) > len(self.starts):
                self.starts.append(at)
        elif one == ")":
            if self.open:
                self.open.pop()
                self.starts.pop()
            self.put(one, 1)
        elif one == "#" and self.flags & VERBOSE:
            end = text.find("\n", at)
            end = len(text) if end < 0 else end
            self.at = end
        elif (
            one == "{"
            and text[at + 1 : at + 2] == ","
            and text.find("}", at) > 0
            and text[at + 2 : text.find("}", at)].isdigit()
        ):
            self.put("{0,", 2)
        else:
            self.put(one, 1)

    def escape(self, inside):
        text, at = self.text, self.at
        one = text[at + 1 : at + 2]
        if not one:
            self.fail("bad escape (end of pattern)")
        if one == "Z" and not inside:
            self.put("\\z", 2)
        elif one in "uU":
            size = 4 if one == "u" else 8
            self.put("\\x{%s}" % text[at + 2 : at + 2 + size], 2 + size)
        elif one == "v":
            self.put("\\x0b", 2)
        elif ("a" <= one <= "z" or "A" <= one <= "Z") and one not in _ESCAPES:
            self.fail("bad escape \\" + one)
        else:
            self.put("\\" + one, 2)

    def set(self):
        text = self.text
        start = self.at
        self.put("[", 1)
        if text[self.at : self.at + 1] == "^":
            self.put("^", 1)
        if text[self.at : self.at + 1] == "]":
            self.put("\\]", 1)
        while True:
            one = text[self.at : self.at + 1]
            if not one:
                raise error("unterminated character set", text, start)
            if one == "\\":
                self.escape(True)
                continue
            self.put("\\[" if one == "[" else one, 1)
            if one == "]":
                return

    def group(self):
        text, at = self.text, self.at
        if text[at + 1 : at + 2] != "?":
            self.capture()
            self.put("(", 1)
            return
        kind = text[at + 2 : at + 3]
        if kind == "P" and text[at + 3 : at + 4] == "<":
            self.capture()
            self.put("(?P<", 4)
        elif kind == "P" and text[at + 3 : at + 4] == "=":
            self.open.append(None)
            self.put("(?P=", 4)
        elif kind == "#":
            end = text.find(")", at)
            if end < 0:
                self.fail("missing ), unterminated comment")
            self.at = end + 1
        elif kind in _LETTERS or kind == "-":
            self.options()
        else:
            self.open.append(None)
            self.put(text[at : at + 3], 3)

    def options(self):
        """`(?i)` for all of the pattern, `(?i:` for a part."""
        text, at = self.text, self.at + 2
        letters, off = "", ""
        while at < len(text) and text[at] in _LETTERS:
            letters += text[at]
            at += 1
        if text[at : at + 1] == "-":
            at += 1
            while at < len(text) and text[at] in _LETTERS:
                off += text[at]
                at += 1
        end = text[at : at + 1]
        kept = "".join([one for one in letters if one in "imsx"]) + ("-" + off if off else "")
        if end == ")":
            for one in letters:
                self.flags |= _LETTERS[one]
            self.at = at + 1
        elif end == ":":
            self.open.append(None)
            self.put("(?" + kept + ":", at + 1 - self.at)
        else:
            self.fail("unknown extension ?" + letters)

    def capture(self):
        around = 0
        for one in self.open:
            if one is not None:
                around = one
        self.parents.append(around)
        self.open.append(len(self.parents) - 1)


class Pattern:
    """A compiled pattern."""

    def __init__(self, pattern, flags):
        if not isinstance(pattern, (str, bytes, bytearray)):
            raise TypeError("first argument must be string or compiled pattern")
        self.pattern = pattern
        self._bytes = isinstance(pattern, (bytes, bytearray))
        text = "".join(map(chr, pattern)) if self._bytes else pattern
        try:
            made = _Translated(text, flags)
            if made.flags & VERBOSE and not flags & VERBOSE:
                made = _Translated(text, made.flags)
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
            repl = _template(self, repl)
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
            for name, flag in _NAMES
            if self.flags & flag and not (flag == UNICODE and not self._bytes)
        ]
        flags = ", " + "|".join(["re." + name for name in names]) if names else ""
        return "re.compile(%r%s)" % (self.pattern, flags)

    def __class_getitem__(cls, _):
        return cls


_NAMES = (
    ("IGNORECASE", I),
    ("LOCALE", L),
    ("MULTILINE", M),
    ("DOTALL", S),
    ("UNICODE", U),
    ("VERBOSE", X),
    ("ASCII", A),
)


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

    def __init__(self, pattern, string, pos, endpos, offsets):
        self.re, self.string, self.pos, self.endpos, self._offsets = (
            pattern,
            string,
            pos,
            endpos,
            offsets,
        )

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

    def expand(self, template):
        return _template(self.re, template)(self)

    def __bool__(self):
        return True

    def __repr__(self):
        return "<re.Match object; span=%r, match=%r>" % (self.span(), self.group())

    def __class_getitem__(cls, _):
        return cls


_SIMPLE = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\"}


def _template(pattern, repl):
    """What a replacement puts for a match."""
    is_bytes = isinstance(repl, (bytes, bytearray))
    text = "".join(map(chr, repl)) if is_bytes else repl
    if "\\" not in text:
        return lambda found: repl
    parts, at, plain = [], 0, ""
    while at < len(text):
        one = text[at]
        if one != "\\":
            plain += one
            at += 1
            continue
        one = text[at + 1 : at + 2]
        group = None
        if one == "g":
            end = text.find(">", at)
            if text[at + 2 : at + 3] != "<" or end < 0:
                raise error("missing group name", repl, at)
            name = text[at + 3 : end]
            group = int(name) if name.isdigit() else pattern.groupindex.get(name)
            if group is None:
                raise IndexError("unknown group name " + repr(name))
            at = end + 1
        elif one == "0" or (
            one.isdigit()
            and text[at + 1 : at + 4].isdigit()
            and len(text[at + 1 : at + 4]) == 3
            and all(each in "01234567" for each in text[at + 1 : at + 4])
        ):
            size = 1
            while size < 3 and text[at + 1 + size : at + 2 + size] in (
                "0",
                "1",
                "2",
                "3",
                "4",
                "5",
                "6",
                "7",
            ):
                size += 1
            plain += chr(int(text[at + 1 : at + 1 + size], 8) & 255)
            at += 1 + size
        elif one.isdigit():
            size = 2 if text[at + 2 : at + 3].isdigit() else 1
            group = int(text[at + 1 : at + 1 + size])
            at += 1 + size
        elif one in _SIMPLE:
            plain += _SIMPLE[one]
            at += 2
        elif "a" <= one <= "z" or "A" <= one <= "Z":
            raise error("bad escape \\" + one, repl, at)
        else:
            plain += "\\" + one
            at += 2
        if group is not None:
            if group > pattern.groups:
                raise error("invalid group reference %d" % group, repl, at)
            parts.append(plain)
            parts.append(group)
            plain = ""
    parts.append(plain)
    if is_bytes:
        parts = [
            one if isinstance(one, int) else bytes([ord(each) for each in one]) for one in parts
        ]

    def expand(found):
        empty = found.string[:0]
        return empty.join(
            [found._get(one, empty) if isinstance(one, int) else one for one in parts]
        )

    return expand


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
