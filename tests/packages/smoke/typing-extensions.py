import typing_extensions as t


class Movie(t.TypedDict, total=False):
    name: str
    year: t.Required[int]


class Named(t.Protocol):
    name: str


def start():
    print(
        t.get_origin(t.Annotated[int, "x"]),
        t.get_args(t.Literal["a", "b"]),
        Movie(name="a", year=1),
    )
    print(t.deprecated("old")(lambda: 5)(), t.override(start) is start, t.is_typeddict(Movie))
