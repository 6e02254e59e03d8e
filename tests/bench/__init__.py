"""`make bench`: what starting, memory, size and building cost, beside C and CPython in one run.
Nothing here is a test: times belong to the machine."""
