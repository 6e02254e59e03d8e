from mirage_py import *

tcp = tcpv4v6_of_stackv4v6(generic_stackv4v6(default_network))
app = main("unikernel.start", kv_ro >> tcpv4v6 >> job)
register("web", [app(crunch("files"), tcp)])
