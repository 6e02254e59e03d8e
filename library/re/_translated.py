"""Patterns as PCRE2 takes them: what they say is CPython's syntax, translated where the two differ
(library reference, "Regular Expression Syntax")."""

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


class Translated:
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
            if "".join(self.out).strip():
                self.fail("global flags not at the start of the expression")
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
