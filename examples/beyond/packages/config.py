from mirage_py import *

app = main(
    "unikernel.start",
    job,
    packages=[package("geohash2"), package("hashids", min="1.3"), package("luhn", min="0.2")],
)
register("packages", [app])
