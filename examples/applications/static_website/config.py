from mirage_py import *

port = runtime_arg("--port", type="port", default=8080, doc="Port of the website.")

stack = generic_stackv4v6(default_network)
app = main("unikernel.start", kv_ro >> http_server >> job)
register(
    "static_website",
    [app(crunch("htdocs"), paf_server(tcpv4v6_of_stackv4v6(stack), port=port))],
)
