from mirage_py import *

app = main("unikernel.start", job)
register("timeout1", [app])
