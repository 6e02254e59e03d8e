from mirage_py import *

app = main("unikernel.start", job)
register("speaking_clock", [app])
