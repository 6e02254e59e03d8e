from mirage_py import *

app = main("unikernel.start", http >> job)
register("conduit_server", [app(cohttp_server(conduit_direct(generic_stackv4v6(default_network))))])
