from mirage_py import *

# error: Unexpected keyword argument "import_" for overloaded function "impl"; did you mean "imports"?  [call-overload]
impl("a", job, import_=["b"])
