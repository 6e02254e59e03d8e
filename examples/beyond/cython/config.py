from mirage_py import *

app = main("unikernel.start", http >> job)
stack = generic_stackv4v6(default_network)
register("cython", [app(cohttp_server(conduit_direct(stack)))])
