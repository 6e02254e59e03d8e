from mirage_py import *

stack = generic_stackv4v6(default_network)
app = main("unikernel.start", http_client >> job)
register("http-fetch", [app(cohttp_client(resolver_dns(stack), conduit_direct(stack)))])
