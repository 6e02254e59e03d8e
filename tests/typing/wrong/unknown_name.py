from mirage_py import *

# error: Name "block_of_fil" is not defined; did you mean "block_of_file"?  [name-defined]
disk = block_of_fil("a")
