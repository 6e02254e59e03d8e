from mirage_py import *

link = ethif(default_network)
app = main("unikernel.start", ipv6 >> job)
register("ping6", [app(create_ipv6(link))])
