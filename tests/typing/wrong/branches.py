from mirage_py import *

# error: Cannot infer value of type parameter "T" of "if_impl"  [misc]
if_impl(is_unix, noop, block_of_file("a"))
