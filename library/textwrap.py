"""Text in paragraphs, as CPython's; lines are broken at white space alone, not at hyphens."""


def wrap(text, width=70, initial_indent="", subsequent_indent="", break_long_words=True, **_):
    """The lines of a paragraph, of at most `width` characters."""
    lines, line, indent = [], [], initial_indent
    for word in text.split():
        while break_long_words and len(indent) + len(word) > width:
            room = width - len(indent) - (sum(map(len, line)) + len(line))
            if room > 0:
                line.append(word[:room])
                word = word[room:]
            lines.append(indent + " ".join(line))
            line, indent = [], subsequent_indent
        used = len(indent) + sum(map(len, line)) + len(line)
        if line and used + len(word) > width:
            lines.append(indent + " ".join(line))
            line, indent = [], subsequent_indent
        if word:
            line.append(word)
    if line:
        lines.append(indent + " ".join(line))
    return lines


def fill(text, width=70, **named):
    """The same, as one text."""
    return "\n".join(wrap(text, width, **named))


def shorten(text, width, placeholder=" [...]", **_):
    """The text in one line, its end left out if it is longer than `width`."""
    words = text.split()
    whole = " ".join(words)
    if len(whole) <= width:
        return whole
    while words and len(" ".join(words)) + len(placeholder) > width:
        words.pop()
    return " ".join(words) + placeholder if words else placeholder.lstrip()


def dedent(text):
    """The text without the white space that all its lines begin with."""
    margin = None
    lines = [line if line.strip() else "" for line in text.split("\n")]
    for line in lines:
        if line:
            space = line[: len(line) - len(line.lstrip())]
            if margin is None:
                margin = space
            while not space.startswith(margin):
                margin = margin[:-1]
    return "\n".join(line[len(margin or "") :] for line in lines)


def indent(text, prefix, predicate=None):
    """The text with `prefix` before each line that is not blank, or that `predicate` takes."""
    chosen = predicate or (lambda line: line.strip())
    return "".join(prefix + line if chosen(line) else line for line in _lines(text))


def _lines(text):
    """The lines, with their ends."""
    parts = text.split("\n")
    lines = [part + "\n" for part in parts[:-1]]
    return lines + [parts[-1]] if parts[-1] else lines
