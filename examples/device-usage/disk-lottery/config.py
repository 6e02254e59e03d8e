from mirage_py import *

app = main("unikernel.start", block >> job)

register("lottery", [app(block_of_file("storage"))])
