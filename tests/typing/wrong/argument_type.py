from mirage_py import *

# error: List item 0 has incompatible type "Key[Any]"; expected "Argument[Any]"  [list-item]
main("unikernel.start", job, args=[key("--k")])
