from mirage_py import *

link = ethif(default_network)
app = main("unikernel.start", ethernet >> ipv6 >> job)
register("ping6", [app(link, create_ipv6(link))])
