"""A config.py that uses all of the eDSL, and is right."""

from mirage_py import *


class Store:
    """A device of one's own."""


store = typ(Store)

size = key("--size", type=int, default=1)
where = key("--where", default="ram", choices=["ram", "disk"])
fast = key("--fast", flag=True)
owner = key("--owner", required=True)
port = runtime_arg("--port", "-p", type=int, default=8080)
hosts: Argument[list[str]] = runtime_arg("--host", repeated=True)

double: Value[int] = size.map(lambda n: n * 2)
sum_: Value[int] = combine(lambda a, b: a + b, size, double)
ram: Impl[Store] = impl("ram", store, connect=code("ram({})", 3), keys=[owner])
disk: Functor[Store, Block] = impl(
    "disk", block >> store, packages=[package("x", min="1")], runtime_args=[port]
)
cached: Functor[Store, Block] = impl(
    "cached",
    block >> store,
    connect=lambda disk, at: code("await cached({}, {}, {})", disk, at, size),
    runtime_args=[port],
)
chosen: Impl[Store] = match_impl(where, [("disk", disk(block_of_file("storage")))], default=ram)
quick: Impl[Job] = if_impl(fast & ~is_unix, noop, noop)
app: Functor[Job, Store, Block] = main(
    "unikernel.start", store >> block >> job, args=[port, hosts], deps=[dep(quick)]
)
whole: Impl[Job] = app(chosen, block_of_file("other"))
register("right", [whole, quick], reporter=default_reporter("debug"), random=no_random)
