"""The small html: `escape`, and `unescape` for numbers and the few names that markup needs."""

_names = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'", "nbsp": "\xa0"}


def escape(s, quote=True):
    """The text with `&`, `<`, `>` and, if asked, quotes as references."""
    text = s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return text.replace('"', "&quot;").replace("'", "&#x27;") if quote else text


def unescape(s):
    """The text that references stand for; an unknown one stays."""
    head, *parts = s.split("&")
    found = [head]
    for part in parts:
        name, semicolon, rest = part.partition(";")
        value = _value(name) if semicolon else None
        found.append("&" + part if value is None else value + rest)
    return "".join(found)


def _value(name):
    try:
        if name[:2] in ("#x", "#X"):
            return chr(int(name[2:], 16))
        if name[:1] == "#":
            return chr(int(name[1:]))
    except ValueError:
        return None
    return _names.get(name)
