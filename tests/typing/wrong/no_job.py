from mirage_py import *

# error: List item 0 has incompatible type "Impl[Block]"; expected "Impl[Job]"  [list-item]
register("a", [block_of_file("a")])
