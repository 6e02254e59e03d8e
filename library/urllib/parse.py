"""Addresses taken apart and put together (RFC 3986), for text."""

from collections import namedtuple

_SAFE = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")

SplitResult = namedtuple("SplitResult", ("scheme", "netloc", "path", "query", "fragment"))


def quote(text, safe="/", encoding=None, errors=None):
    """The text with all but letters, digits, `_.-~` and `safe` as %XX of its UTF-8."""
    data = text.encode() if isinstance(text, str) else text
    return "".join(
        chr(byte) if chr(byte) in _SAFE or chr(byte) in safe else "%%%02X" % byte for byte in data
    )


def quote_from_bytes(data, safe="/"):
    """The same of bytes."""
    return quote(data, safe)


def quote_plus(text, safe="", encoding=None, errors=None):
    """The same, with `+` for a space."""
    return quote(text, safe + " ").replace(" ", "+")


def unquote_to_bytes(text):
    """The bytes that %XX stand for."""
    data = text.encode() if isinstance(text, str) else text
    head, *parts = data.split(b"%")
    found = [head]
    for part in parts:
        try:
            found.append(bytes([int(part[:2], 16)]) + part[2:])
        except ValueError:
            found.append(b"%" + part)
    return b"".join(found)


def unquote(text, encoding="utf-8", errors="replace"):
    """The text that %XX stand for."""
    return unquote_to_bytes(text).decode() if "%" in text else text


def unquote_plus(text, encoding="utf-8", errors="replace"):
    """The same, with a space for `+`."""
    return unquote(text.replace("+", " "))


def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    """The query of a mapping, or of pairs."""
    pairs = query.items() if hasattr(query, "items") else query
    found = []
    for name, value in pairs:
        several = doseq and isinstance(value, (list, tuple))
        for one in value if several else [value]:
            text = one if isinstance(one, (str, bytes)) else str(one)
            found.append("%s=%s" % (quote_via(str(name), safe), quote_via(text, safe)))
    return "&".join(found)


def parse_qsl(query, keep_blank_values=False, **_):
    """The pairs of a query."""
    found = []
    for part in query.split("&"):
        name, _, value = part.partition("=")
        if value or (keep_blank_values and part):
            found.append((unquote_plus(name), unquote_plus(value)))
    return found


def parse_qs(query, keep_blank_values=False, **_):
    """The values of each name of a query."""
    found = {}
    for name, value in parse_qsl(query, keep_blank_values):
        found.setdefault(name, []).append(value)
    return found


def urlsplit(url, scheme="", allow_fragments=True):
    """The five parts of an address."""
    netloc = query = fragment = ""
    head, colon, rest = url.partition(":")
    if colon and head and head[0].isalpha() and all(one in _SAFE or one == "+" for one in head):
        scheme, url = head.lower(), rest
    if url[:2] == "//":
        ends = [url.find(one, 2) for one in "/?#"]
        end = min(one if one >= 0 else len(url) for one in ends)
        netloc, url = url[2:end], url[end:]
    if allow_fragments and "#" in url:
        url, _, fragment = url.partition("#")
    if "?" in url:
        url, _, query = url.partition("?")
    return SplitResult(scheme, netloc, url, query, fragment)


def urlunsplit(parts):
    """The address of five parts."""
    scheme, netloc, path, query, fragment = parts
    if netloc:
        path = "//" + netloc + ("" if not path or path[:1] == "/" else "/") + path
    text = scheme + ":" + path if scheme else path
    text += "?" + query if query else ""
    return text + ("#" + fragment if fragment else "")


def urljoin(base, url, allow_fragments=True):
    """The address that `url` is, seen from `base`."""
    if not base or not url:
        return url or base
    of, to = urlsplit(base), urlsplit(url)
    if to.scheme and to.scheme != of.scheme:
        return url
    if to.netloc:
        return urlunsplit((of.scheme,) + tuple(to)[1:])
    if not to.path:
        query = to.query or of.query
        return urlunsplit((of.scheme, of.netloc, of.path, query, to.fragment))
    path = to.path
    if path[:1] != "/":
        path = of.path.rpartition("/")[0] + "/" + path
    kept = []
    names = path.split("/")
    for name in names:
        if name == "..":
            if len(kept) > 1:
                kept.pop()
        elif name != ".":
            kept.append(name)
    if names[-1] in (".", ".."):
        kept.append("")
    return urlunsplit((of.scheme, of.netloc, "/".join(kept), to.query, to.fragment))
