"""Text as Latin-1, and what that lacks as `\\uXXXX` and `\\UXXXXXXXX`."""


def encode(text):
    found = []
    for one in text:
        code = ord(one)
        if code >= 256:
            one = ("\\u%04x" if code < 65536 else "\\U%08x") % code
        found.append(one)
    return "".join(found).encode("latin-1")


def decode(data):
    """Raises UnicodeDecodeError."""
    text, found, at = bytes(data).decode("latin-1"), [], 0
    while True:
        start = text.find("\\", at)
        if start < 0:
            return "".join(found) + text[at:]
        end = start
        while text[end : end + 1] == "\\":
            end += 1
        found.append(text[at : end - 1])
        count = {"u": 4, "U": 8}.get(text[end : end + 1]) if (end - start) % 2 else None
        if count is None:
            found.append("\\")
            at = end
            continue
        at = end + 1 + count
        digits = text[end + 1 : at]
        try:
            found.append(chr(int(digits if len(digits) == count else "", 16)))
        except (ValueError, OverflowError):
            raise UnicodeDecodeError(
                "rawunicodeescape", data, end - 1, at, "truncated \\%sXXXX escape" % text[end]
            ) from None
