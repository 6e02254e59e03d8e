from mirage_py import *

app = main("unikernel.start", job, local_libs=["library"])
register("local-library", [app])
