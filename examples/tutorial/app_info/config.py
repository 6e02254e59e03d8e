from mirage_py import *

app = main("unikernel.start", job)
register("app-info", [app])
