from mirage_py import *

app = main("unikernel.start", network >> job)
register("dhcp", [app(default_network)])
