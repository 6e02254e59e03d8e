import io

from dotenv import dotenv_values
from dotenv.parser import parse_stream

TEXT = """# settings
A=1
export B="two words"  # why
C='single $A'
D=${A}x${NONE:-fallback}
E=unquoted value
F
G="line\\nbreak"
"""


def start():
    print(dict(dotenv_values(stream=io.StringIO(TEXT))))
    print(
        [
            (one.key, one.value, one.error)
            for one in parse_stream(io.StringIO("X=1\nnot valid here\nY = 'é'"))
        ]
    )
