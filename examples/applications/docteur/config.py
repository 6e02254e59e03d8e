from mirage_py import *

filename = runtime_arg("--filename", required=True, doc="The filename to print out.")
app = main("unikernel.start", kv_ro >> job, args=[filename])

register("docteur_kv_ro", [app(docteur("relativize://store"))])
