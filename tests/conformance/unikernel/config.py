from mirage_py import block, block_of_file, job, main, register

app = main("unikernel.start", block >> job)
register("conformance", [app(block_of_file("script"))], features=["compiler", "vfs"])
