from mirage_py import *

app = main("unikernel.start", block >> job)

register("block_test", [app(block_of_file("storage"))])
