"""Encodings of two or four bytes a unit, and code pages."""

WIDE = {
    "utf_16": (2, None), "utf16": (2, None), "u16": (2, None), "utf_32": (4, None), "utf32": (4, None), "u32": (4, None),
    "utf_16_le": (2, "little"), "utf_16le": (2, "little"), "utf_16_be": (2, "big"), "utf_16be": (2, "big"),
    "utf_32_le": (4, "little"), "utf_32le": (4, "little"), "utf_32_be": (4, "big"), "utf_32be": (4, "big"),
}  # fmt: skip
"""How many bytes a unit has, and their order; where that is None, a mark tells it."""
PAGES = {
    "cp437": "cp437",
    "437": "cp437",
    "ibm437": "cp437",
    "cp1252": "cp1252",
    "1252": "cp1252",
    "windows_1252": "cp1252",
}
"""Code pages by name: ASCII, and a table of the other bytes."""


def is_other(name):
    """Whether it is the name of such an encoding, in lower case with `_`."""
    return name in WIDE or name in PAGES


def decode(data, name, encoding, errors, fail, replaced):
    """Text. `fail` makes what is raised of a mistake, `replaced` what a byte is to be told as."""
    if name in WIDE:
        return _decode_wide(data, WIDE[name], encoding, errors, fail, replaced)
    table, found = _table(PAGES[name]), []
    for at, one in enumerate(data):
        letter = chr(one) if one < 128 else table[one - 128]
        if letter == "\ufffe":
            if errors == "strict":
                raise fail(encoding, data, at, at + 1, "character maps to <undefined>")
            letter = replaced(one, errors)
        found.append(letter)
    return "".join(found)


def _decode_wide(data, kind, encoding, errors, fail, replaced):
    size, order = kind
    at, end, found = 0, len(data), []
    if order is None:
        mark = int.from_bytes(data[:size], "little")
        order = "big" if mark in (0xFFFE, 0xFFFE0000) else "little"
        at = size if order == "big" or mark == 0xFEFF else 0
    while at < end:
        unit, used, why = int.from_bytes(data[at : at + size], order), size, None
        if end - at < size:
            why, used = "truncated data", end - at
        elif size == 2 and 0xD800 <= unit < 0xDC00:
            low = int.from_bytes(data[at + 2 : at + 4], order)
            if end - at < 4:
                why, used = "unexpected end of data", end - at
            elif 0xDC00 <= low < 0xE000:
                unit, used = 0x10000 + ((unit - 0xD800) << 10) + low - 0xDC00, 4
            else:
                why = "illegal UTF-16 surrogate"
        elif 0xD800 <= unit < 0xE000 and errors != "surrogatepass":
            why = "illegal encoding"
        elif unit > 0x10FFFF:
            why = "code point not in range(0x110000)"
        if why is None:
            found.append(chr(unit))
        elif errors == "strict":
            raise fail(encoding, data, at, at + used, why)
        else:
            found.append(replaced(data[at], errors))
        at += used
    return "".join(found)


def encode(text, name, encoding, errors, fail, replaced):
    """Bytes. `replaced` gives the text that stands for a character that there is none for."""
    found = bytearray()
    if name in WIDE:
        size, order = WIDE[name]
        if order is None:
            found += (0xFEFF).to_bytes(size, "little")
            order = "little"
    else:
        table = _table(PAGES[name])
    for at, letter in enumerate(text):
        code = ord(letter)
        if name in WIDE:
            known = not 0xD800 <= code < 0xE000 or errors == "surrogatepass"
            why = "surrogates not allowed"
        else:
            known = code < 128 or letter in table
            why = "character maps to <undefined>"
        if not known:
            if errors == "strict":
                raise fail(encoding, text, at, at + 1, why)
            found += encode(replaced(letter, errors), name, encoding, "strict", fail, replaced)[
                2
                if name in ("utf_16", "utf16", "u16")
                else 4
                if name in ("utf_32", "utf32", "u32")
                else 0 :
            ]
        elif name not in WIDE:
            found.append(code if code < 128 else 128 + table.index(letter))
        elif code < 0x10000 or size == 4:
            found += code.to_bytes(size, order)
        else:
            code -= 0x10000
            found += (0xD800 + (code >> 10)).to_bytes(2, order) + (
                0xDC00 + (code & 0x3FF)
            ).to_bytes(2, order)
    return bytes(found)


def _table(page):
    if page == "cp437":
        from encodings.cp437 import TABLE

        return TABLE
    first = (
        "\u20ac\ufffe\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\ufffe\u017d\ufffe"
        "\ufffe\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\ufffe\u017e\u0178"
    )
    return first + "".join([chr(one) for one in range(160, 256)])
