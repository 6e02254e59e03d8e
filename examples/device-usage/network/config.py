from mirage_py import *

port = runtime_arg("--port", "-p", type="port", default=8080, doc="The TCP port to listen on.")
app = main("unikernel.start", stackv4v6 >> job, args=[port])
register("network", [app(generic_stackv4v6(default_network))])
