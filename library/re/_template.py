"""What stands for a match."""

from re._constants import error

_OCTAL = tuple("01234567")
_SIMPLE = {"a": "\a", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v", "\\": "\\"}


def template(pattern, repl):
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
            and all(each in _OCTAL for each in text[at + 1 : at + 4])
        ):
            size = 1
            while size < 3 and text[at + 1 + size : at + 2 + size] in _OCTAL:
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
