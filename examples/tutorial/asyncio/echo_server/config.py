from mirage_py import *

app = main("unikernel.start", job)
register("echo_server", [app])
