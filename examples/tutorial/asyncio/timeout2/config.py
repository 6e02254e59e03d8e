from mirage_py import *

app = main("unikernel.start", job)
register("timeout2", [app])
