from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.formatters.terminal import TerminalFormatter
from pygments.lexers.data import JsonLexer
from pygments.lexers.python import PythonLexer

CODE = 'def greet(name="x", *args):\n    """Say hello."""\n    return f"hi {name!r}" + str(3.5)  # done\n'


def start():
    print(highlight(CODE, PythonLexer(), HtmlFormatter()))
    print(repr(highlight('{"a": [1, true, null]}', JsonLexer(), TerminalFormatter())))
