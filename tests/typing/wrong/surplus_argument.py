from mirage_py import *

# error: "Impl[Job]" not callable  [operator]
noop(block_of_file("a"))
