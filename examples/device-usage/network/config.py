from mirage_py import *

app = main("unikernel.start", stackv4v6 >> job)
register("network", [app(generic_stackv4v6(default_network))])
