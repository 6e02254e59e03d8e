from mirage_py import *

stack = generic_stackv4v6(default_network, ipv6_network="fd00::2/64")
tcp = tcpv4v6_of_stackv4v6(stack)
app = main("unikernel.start", stackv4v6 >> http_server >> job)
register("fuzzed", [app(stack, paf_server(tcp))])
