from mirage_py import block, block_of_file, job, main, register

STACK = 96 * 1024
"""Less than an image has that asks for none: tests mean to come to its end."""
app = main("unikernel.start", block >> job)
register("conformance", [app(block_of_file("script"))], features=["compiler", "vfs"], stack=STACK)
