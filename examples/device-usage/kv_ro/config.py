from mirage_py import *

app = main("unikernel.start", kv_ro >> job)

register("kv_ro", [app(generic_kv_ro("t"))])
