from mirage_py import *

stack = generic_stackv4v6(default_network)
app = main("unikernel.start", dns_client >> job)
register("resolve", [app(generic_dns_client(stack, generic_happy_eyeballs(stack)))])
