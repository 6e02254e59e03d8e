from mirage_py import *

app = main(
    "unikernel.start",
    stackv4v6 >> job,
    packages=[package("microdot", min="2.0", max="3")],
)
register("microdot", [app(generic_stackv4v6(default_network))])
