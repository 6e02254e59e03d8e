"""`literal_eval`: the grammar of Python is not in an image."""


class AST:
    """A node of a tree; none is made."""


class _Reader:
    def __init__(self, text):
        self.text, self.at = text, 0

    def fail(self):
        raise ValueError("malformed node or string: %r" % self.text)

    def space(self):
        while self.at < len(self.text) and self.text[self.at] in " \t\n\r":
            self.at += 1

    def next(self):
        self.space()
        return self.text[self.at : self.at + 1]

    def take(self, text):
        if self.next() != text:
            self.fail()
        self.at += 1

    def value(self):
        one = self.next()
        if one in ("'", '"') or self.text[self.at : self.at + 2] in (
            "b'",
            'b"',
            "u'",
            'u"',
            "r'",
            'r"',
        ):
            return self.strings()
        if one == "(":
            return self.items(")")
        if one == "[":
            return list(self.items("]"))
        if one == "{":
            return self.braces()
        if one in ("-", "+"):
            self.at += 1
            value = self.value()
            return -value if one == "-" else value
        start = self.at
        while self.at < len(self.text) and (
            self.text[self.at].isalpha()
            or self.text[self.at].isdigit()
            or self.text[self.at] in "._"
            or (
                self.text[self.at] in "+-"
                and self.text[self.at - 1] in "eE"
                and self.text[start : start + 2] != "0x"
            )
        ):
            self.at += 1
        word = self.text[start : self.at].replace("_", "")
        if word in _WORDS:
            return _WORDS[word]
        if not word or not (word[0].isdigit() or word[0] == "."):
            self.fail()
        return (
            int(word, 0)
            if word.isdigit() or word[:2].lower() in ("0x", "0o", "0b")
            else float(word)
        )

    def items(self, end):
        self.at += 1
        found, single = [], True
        while self.next() != end:
            found.append(self.value())
            if self.next() == ",":
                self.at += 1
                single = False
            elif self.next() != end:
                self.fail()
        self.at += 1
        return found[0] if end == ")" and single and len(found) == 1 else tuple(found)

    def braces(self):
        self.at += 1
        found, plain = {}, []
        while self.next() != "}":
            key = self.value()
            if self.next() == ":":
                self.at += 1
                found[key] = self.value()
            else:
                plain.append(key)
            if self.next() == ",":
                self.at += 1
            elif self.next() != "}":
                self.fail()
        self.at += 1
        return set(plain) if plain else found

    def strings(self):
        found = self.string()
        while self.next() in ("'", '"'):
            found += self.string()
        return found

    def string(self):
        kind = ""
        if self.text[self.at] not in "'\"":
            kind = self.text[self.at]
            self.at += 1
        quote = self.text[self.at]
        if self.text[self.at : self.at + 3] == quote * 3:
            quote *= 3
        self.at += len(quote)
        found = []
        while self.text[self.at : self.at + len(quote)] != quote:
            one = self.text[self.at : self.at + 1]
            if not one:
                self.fail()
            if one == "\\" and kind != "r":
                one = self.escape()
            else:
                self.at += 1
            found.append(one)
        self.at += len(quote)
        text = "".join(found)
        return bytes([ord(one) for one in text]) if kind == "b" else text

    def escape(self):
        one = self.text[self.at + 1 : self.at + 2]
        self.at += 2
        if one in _ESCAPES:
            return _ESCAPES[one]
        if one in ("x", "u", "U"):
            size = {"x": 2, "u": 4, "U": 8}[one]
            self.at += size
            return chr(int(self.text[self.at - size : self.at], 16))
        if one in "01234567":
            start = self.at - 1
            while self.at < start + 3 and self.text[self.at] in "01234567":
                self.at += 1
            return chr(int(self.text[start : self.at], 8))
        return "\\" + one


_WORDS = {"None": None, "True": True, "False": False, "Ellipsis": ...}
_ESCAPES = {
    "n": "\n",
    "t": "\t",
    "r": "\r",
    "\\": "\\",
    "'": "'",
    '"': '"',
    "\n": "",
    "a": "\a",
    "b": "\b",
    "f": "\f",
    "v": "\v",
}


def literal_eval(text):
    """The value of a literal."""
    reader = _Reader(text.strip(" \t"))
    value = reader.value()
    if reader.next():
        reader.fail()
    return value


def parse(*_, **__):
    raise NotImplementedError("the grammar of Python is not in an image")


walk = dump = unparse = get_docstring = parse
