from mirage import args

# error: Unexpected keyword argument "defualt" for overloaded function "add"; did you mean "default"?  [call-overload]
port = args.add("--port", type=int, defualt=80)
