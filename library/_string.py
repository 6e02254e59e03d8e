"""How formats are read (language reference, "Format String Syntax"), for `string`."""


def formatter_parser(text):
    """The parts of a format: (text, name of the field, format of the field, conversion) of each;
    the last three are None behind the last field."""
    at, literal = 0, ""
    while at < len(text):
        one, two = text[at], text[at : at + 2]
        if two in ("{{", "}}"):
            literal, at = literal + one, at + 2
            yield literal, None, None, None
            literal = ""
        elif one == "}":
            raise ValueError("Single '}' encountered in format string")
        elif one == "{":
            end = _end(text, at + 1)
            yield (literal,) + _field(text[at + 1 : end])
            literal, at = "", end + 1
        else:
            literal, at = literal + one, at + 1
    if literal:
        yield literal, None, None, None


def _end(text, at):
    """Where the brace stands that closes a field."""
    depth = 1
    for number in range(at, len(text)):
        depth += (text[number] == "{") - (text[number] == "}")
        if not depth:
            return number
    raise ValueError(
        "Single '{' encountered in format string"
        if at == len(text)
        else "expected '}' before end of string"
    )


def _field(text):
    """The name, format and conversion of a field."""
    at, inside = 0, False
    while at < len(text) and (inside or text[at] not in ":!"):
        inside = text[at] == "[" or (inside and text[at] != "]")
        at += 1
    if at == len(text):
        return text, "", None
    name, rest = text[:at], text[at + 1 :]
    if text[at] == ":":
        return name, rest, None
    if not rest or rest[1:2] not in ("", ":"):
        raise ValueError("expected ':' after conversion specifier")
    return name, rest[2:], rest[0]


def _key(text):
    return int(text) if text.isdigit() else text


def formatter_field_name_split(name):
    """The first part of a field's name, and of each other whether it is an attribute, and it."""
    at = 0
    while at < len(name) and name[at] not in ".[":
        at += 1
    return _key(name[:at]), _rest(name, at)


def _rest(name, at):
    while at < len(name):
        if name[at] == ".":
            start = at = at + 1
            while at < len(name) and name[at] not in ".[":
                at += 1
            part = True, name[start:at]
        else:
            end = name.find("]", at)
            if end < 0:
                raise ValueError("Missing ']' in format string")
            part, at = (False, _key(name[at + 1 : end])), end + 1
            if name[at : at + 1] not in ("", ".", "["):
                raise ValueError("Only '.' or '[' may follow ']' in format field specifier")
        if part[1] == "":
            raise ValueError("Empty attribute in format string")
        yield part
