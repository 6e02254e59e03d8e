"""Runtime arguments of config.py and of the user's modules."""

from __future__ import annotations

import pytest

from mirage_py.support.errors import MirageError, Mistakes

START = "\ndef start():\n    pass\n"


@pytest.mark.parametrize(
    "text",
    [
        'import mirage.args\nx = mirage.args.add("--hello", default="a b", doc="How.")',
        'from mirage import args\nx = args.add("--hello", default="a b", doc="How.")',
        'from mirage import args as boot\nx: object = boot.add("hello", default="a b", doc="How.")',
        'import mirage.args as a\na.add("--hello", doc="How.", default="a b")',
        'from mirage.args import add as declare\nx = declare("--hello", default="a b", doc="How.")',
    ],
)
def test_however_it_is_imported(planned, text: str) -> None:
    (argument,) = planned(unikernel=text + START).arguments
    assert (argument.name, argument.default, argument.doc) == ("--hello", "a b", "How.")
    assert str(argument.position) == "unikernel.py:2"


def test_what_is_not_a_declaration(planned) -> None:
    text = (
        "import other\nfrom mirage import args, log\nargs.get('--a')\nother.add('--b')\nadd = 1\n"
    )
    assert planned(unikernel=text + START, other="def add(*all): pass").arguments == ()


def test_devices_first_then_modules(planned) -> None:
    graph = planned(
        config="""
        from mirage_py import *
        one = runtime_arg("--one", repeated=True)
        a = main("unikernel.start", job, args=[one])
        register("a", [a, main("unikernel.start", job, args=[one])])
        """,
        unikernel="from mirage import args\nimport other\n"
        'three = args.add("--three", "-t", type=float, default=1)\ndef start(one): pass\n',
        other="from mirage import args\n"
        'args.add("four", group="net", type="prefix", choices=["::/0"], repeated=True)\n',
    )
    names = [argument.name for argument in graph.arguments]
    assert names[0] == "--one"
    assert sorted(names) == ["--net-four", "--one", "--three"]
    assert graph.arguments[names.index("--three")].kind == "float"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("x = args.add(NAME)", "`NAME` is not a literal"),
        ("x = args.add('--a', default=1 + 1)", "`1 + 1` is not a literal"),
        ("x = args.add('--a', type=list)", "`list` is not a literal"),
        ("x = args.add(**{})", "is not a literal"),
        ("x = args.add('--a', defualt=1)", "`mirage.args.add` takes no `defualt`"),
        ("x = args.add()", "missing 1 required positional argument"),
        ("x = args.add('--a', type='colour')", "colour"),
        ("x = args.add('--A')", "--A"),
        ("def f():\n    args.add('--a')", "called elsewhere than in an assignment at module level"),
        ("if True:\n    x = args.add('--a')", "called elsewhere"),
        ("x = [args.add('--a')]", "called elsewhere"),
        ("x = args.add('--name')", "`--name` is a boot argument that every image has"),
        ("x = args.add('--b', '-l')", "`-l` is a boot argument that every image has"),
        ("x = args.add('--a', type=int, default='8')", "`'8'` is not a value that `--a` takes"),
        ("x = args.add('--a', type=int, default=True)", "`True` is not a value"),
        ("x = args.add('--a', type=int, default=1 << 63)", "is not a literal"),
        ("x = args.add('--a', type=int, default=9223372036854775808)", "is not a value"),
        ("x = args.add('--a', type='ip', default='10.0.0')", "is not a value"),
        ("x = args.add('--a', type='ipv4', default='::1')", "is not a value"),
        ("x = args.add('--a', type='prefix', default='10.0.0.1')", "is not a value"),
        ("x = args.add('--a', choices=['a', 1])", "`1` is not a value"),
        ("x = args.add('--a', default='\\0')", "is not a value"),
        ("x = args.add('--a', type=bool, repeated=True, default=[1])", "`1` is not a value"),
    ],
)
def test_mistakes(planned, text: str, message: str) -> None:
    with pytest.raises(MirageError) as caught:
        planned(unikernel=f"from mirage import args\n{text}{START}")
    assert message in caught.value.message
    position = caught.value.position
    assert position is not None
    assert position.file == "unikernel.py"
    assert "args.add" in position.text


def test_twice_the_same_name(planned) -> None:
    with pytest.raises(Mistakes) as caught:
        planned(
            config="""
            from mirage_py import *
            port = runtime_arg("--port", "-p")
            register("a", [main("unikernel.start", job, args=[port])])
            """,
            unikernel="from mirage import args\nx = args.add('--port')\n"
            "y = args.add('--pool', '-p')\ndef start(port): pass\n",
        )
    texts = [mistake.render() for mistake in caught.value.mistakes]
    assert ["`--port`" in text for text in texts] == [True, False]
    assert all("the first is at config.py:3" in text for text in texts)
