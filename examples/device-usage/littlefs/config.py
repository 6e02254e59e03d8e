from mirage_py import *

app = main("unikernel.start", kv_rw >> job)
size = runtime_arg(
    "--program-block-size", type=int, default=16, doc="Program block size for chamelon."
)
store = chamelon(block_of_file("littlefs"), program_block_size=size)

register("elittlefs", [app(store)])
