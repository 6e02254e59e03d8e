"""Methods of text and bytes."""


def removeprefix(self, prefix):
    return self[len(prefix) :] if prefix and self.startswith(prefix) else self[:]


def removesuffix(self, suffix):
    return self[: len(self) - len(suffix)] if suffix and self.endswith(suffix) else self[:]


def ljust(self, width, fill=None):
    return self + _fill(self, fill) * (width - len(self))


def rjust(self, width, fill=None):
    return _fill(self, fill) * (width - len(self)) + self


def _fill(text, fill):
    return fill or (" " if isinstance(text, str) else b" ")


def zfill(self, width):
    zero = "0" if isinstance(self, str) else b"0"
    sign = self[:1] if self[:1] in ("+", "-", b"+", b"-") else self[:0]
    return sign + zero * (width - len(self)) + self[len(sign) :]


def casefold(self):
    return self.lower().replace("\u00df", "ss")


def capitalize(self):
    return self[:1].upper() + self[1:].lower()


def _each(self):
    """The characters of text, and those of bytes as bytes."""
    return [self[at : at + 1] for at in range(len(self))]


def swapcase(self):
    return self[:0].join([one.lower() if one.isupper() else one.upper() for one in _each(self)])


def title(self):
    found, inside = [], False
    for one in _each(self):
        found.append(one.lower() if inside else one.upper())
        inside = _is_letter(one)
    return self[:0].join(found)


def _is_letter(one):
    """Text beyond ASCII is all letters where nothing is known of it."""
    return one.isalpha() or (isinstance(one, str) and ord(one) > 127)


def istitle(self):
    return any(one.isalpha() for one in _each(self)) and self == title(self)


def isascii(self):
    return len(self.encode()) == len(self) if isinstance(self, str) else max(self, default=0) < 128


def isalnum(self):
    return bool(self) and all(_is_letter(one) or one.isdigit() for one in _each(self))


def isdecimal(self):
    return self.isdigit()


def isprintable(self):
    return all(31 < ord(one) < 127 or ord(one) > 160 for one in self)


def isidentifier(self):
    return (
        bool(self)
        and not self[0].isdigit()
        and all(one == "_" or _is_letter(one) or one.isdigit() for one in self)
    )


def expandtabs(self, tabsize=8):
    if not isinstance(self, str):
        return bytes(expandtabs("".join([chr(one) for one in self]), tabsize).encode("latin-1"))
    found, column = [], 0
    for one in self:
        if one == "\t":
            count = tabsize - column % tabsize if tabsize else 0
            found.append(" " * count)
            column += count
        else:
            found.append(one)
            column = 0 if one in "\r\n" else column + 1
    return "".join(found)


def translate(self, table, delete=b""):
    if isinstance(self, (bytes, bytearray)):
        kept = [one for one in self if one not in delete]
        return type(self)(kept if table is None else [table[one] for one in kept])
    found = []
    for one in self:
        try:
            new = table[ord(one)]
        except LookupError:
            new = one
        if new is not None:
            found.append(chr(new) if isinstance(new, int) else new)
    return "".join(found)


def maketrans(first, to=None, drop=""):
    if to is None:
        return {ord(key) if isinstance(key, str) else key: value for key, value in first.items()}
    if isinstance(first, bytes):
        table = bytearray(range(256))
        for one, other in zip(first, to):
            table[one] = other
        return bytes(table)
    table = {ord(one): ord(other) for one, other in zip(first, to)}
    table.update({ord(one): None for one in drop})
    return table


def format_map(self, mapping):
    return self.format(**dict(mapping))


TEXT = {
    "removeprefix": removeprefix, "removesuffix": removesuffix, "ljust": ljust, "rjust": rjust,
    "zfill": zfill, "expandtabs": expandtabs, "translate": translate, "isascii": isascii,
    "__iter__": iter,
}  # fmt: skip


OF_BYTES = {
    "capitalize": capitalize, "swapcase": swapcase, "title": title, "istitle": istitle,
    "isalnum": isalnum,
}  # fmt: skip
OF_STR = {
    "casefold": casefold, "capitalize": capitalize, "swapcase": swapcase, "title": title,
    "istitle": istitle, "isalnum": isalnum, "isdecimal": isdecimal, "isnumeric": isdecimal,
    "isprintable": isprintable, "isidentifier": isidentifier, "format_map": format_map,
}  # fmt: skip
try:
    # An import would bring Unicode's tables into every image.
    _unicode = __import__("_unicodedata")
    OF_STR.update({name: getattr(_unicode, name) for name in OF_STR if name != "format_map"})
except ImportError:
    pass
