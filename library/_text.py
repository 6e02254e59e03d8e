"""Text over a file of bytes."""

from _iobase import Over, TextIOBase, UnsupportedOperation

_WIDE = ("utf_16", "utf_32", "utf16", "utf32", "u16", "u32")
_MARKED = {"utf_8_sig": "utf-8", "utf_16": "utf-16-le", "utf16": "utf-16-le", "utf_32": "utf-32-le"}
"""Encodings that begin with a mark, and those that go on."""


def _translated(text):
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


class TextIOWrapper(Over, TextIOBase):
    """It decodes a line at a time, so that where it is can be told of what is left of that."""

    _under = "buffer", "underlying buffer"
    _rest = ""
    """What was decoded and not yet read; ends of lines are as in the file."""

    def __init__(
        self,
        buffer,
        encoding=None,
        errors=None,
        newline=None,
        line_buffering=False,
        write_through=False,
    ):
        self.buffer, self.encoding, self.errors, self._newline = buffer, "UTF-8", "strict", None
        self._set(encoding, errors, newline)
        self.line_buffering, self.write_through = bool(line_buffering), bool(write_through)

    def _set(self, encoding, errors, newline):
        from _modern import _known, _name, _other

        for value, what in ((encoding, "encoding"), (errors, "errors")):
            if value is not None and not isinstance(value, str):
                raise TypeError("%s must be str or None, not %s" % (what, type(value).__name__))
        if newline is not None and not isinstance(newline, str):
            raise TypeError(
                "open() argument 'newline' must be str or None, not " + type(newline).__name__
            )
        if newline not in (None, "", "\n", "\r", "\r\n"):
            raise ValueError("illegal newline value: " + newline)
        if encoding not in (None, "locale"):
            if _known(encoding) is None:
                _other(encoding)
            self.encoding = encoding
        self.errors = errors or self.errors
        self._newline, self._plain = newline, _name(self.encoding)

    def __repr__(self):
        shown = ""
        for one in ("name", "mode"):
            value = getattr(self, one, None)
            shown += "" if value is None else " %s=%r" % (one, value)
        return "<_io.TextIOWrapper%s encoding=%r>" % (shown, self.encoding)

    def reconfigure(
        self, *, encoding=None, errors=None, newline=Ellipsis, line_buffering=None, **_
    ):
        if encoding is not None and errors is None:
            self.errors = "strict"
        self._set(encoding, errors, self._newline if newline is Ellipsis else newline)
        if line_buffering is not None:
            self.line_buffering = line_buffering

    def _decoded(self, data):
        from _modern import decode

        return decode(data, self.encoding, self.errors) if data else ""

    def _encoded(self, text):
        from _modern import encode

        return encode(text, self.encoding, self.errors)

    def _more(self):
        """Whether there is more to read, which is in `_rest` then."""
        whole = self._plain.startswith(_WIDE)
        more = self._decoded(self.buffer.read() if whole else self.buffer.readline())
        self._rest += more
        return bool(more)

    def _reads(self):
        buffer = self._open()
        if not buffer.readable():
            raise UnsupportedOperation("not readable")

    def read(self, size=-1):
        self._reads()
        if size is None or size < 0:
            text, self._rest = self._rest + self._decoded(self.buffer.read()), ""
            return _translated(text) if self._newline is None else text
        found = ""
        while len(found) < size and (self._rest or self._more()):
            rest, end = self._rest, size - len(found)
            if self._newline is None and "\r" in rest:
                while end < len(rest) and len(_translated(rest[:end])) < size - len(found):
                    end += 1
                if rest[end - 1 : end + 1] == "\r\n":
                    end += 1
                found += _translated(rest[:end])
            else:
                found += rest[:end]
            self._rest = rest[end:]
        return found

    def _line_end(self):
        """Where the first line of `_rest` ends; 0 if it goes on."""
        rest, newline = self._rest, self._newline
        if newline:
            return rest.find(newline) + len(newline) if newline in rest else 0
        end = rest.find("\n") + 1
        if "\r" in (rest[:end] if end else rest):
            end = rest.find("\r") + 1
            if rest[end : end + 1] == "\n":
                end += 1
        return end

    def readline(self, size=-1):
        self._reads()
        if not self._rest:
            self._more()
        end = self._line_end()
        while not end and self._more():
            end = self._line_end()
        end = end or len(self._rest)
        if size is not None and size >= 0:
            end = min(end, size)
        line, self._rest = self._rest[:end], self._rest[end:]
        return _translated(line) if self._newline is None else line

    def write(self, text):
        if not isinstance(text, str):
            if not isinstance(text, bytearray):  # which is what `print` of the interpreter gives
                raise TypeError("write() argument must be str, not " + type(text).__name__)
            text = bytes(text).decode()
        buffer = self._open()
        if not buffer.writable():
            raise UnsupportedOperation("not writable")
        if self._rest:
            buffer.seek(self.tell())
            self._rest = ""
        size = len(text)
        if self._newline in ("\r", "\r\n"):
            text = text.replace("\n", self._newline)
        if self._plain in _MARKED and buffer.tell():
            from _modern import encode

            buffer.write(encode(text, _MARKED[self._plain], self.errors))
        else:
            buffer.write(self._encoded(text))
        if self.line_buffering and "\n" in text:
            buffer.flush()
        return size

    def tell(self):
        buffer = self._open()
        return buffer.tell() - (len(self._encoded(self._rest)) if self._rest else 0)

    def seek(self, cookie, whence=0):
        buffer = self._open()
        if whence == 1:
            if cookie:
                raise UnsupportedOperation("can't do nonzero cur-relative seeks")
            cookie, whence = self.tell(), 0
        elif whence == 2 and cookie:
            raise UnsupportedOperation("can't do nonzero end-relative seeks")
        elif whence == 0 and cookie < 0:
            raise ValueError("negative seek position %r" % (cookie,))
        self._rest = ""
        return buffer.seek(cookie, whence)

    def truncate(self, pos=None):
        self.flush()
        return self.buffer.truncate(self.tell() if pos is None else pos)
