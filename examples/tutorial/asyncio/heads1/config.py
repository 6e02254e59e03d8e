from mirage_py import *

app = main("unikernel.start", job)
register("heads1", [app])
