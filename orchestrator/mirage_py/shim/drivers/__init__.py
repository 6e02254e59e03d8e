"""Counterparts of the drivers and of the port's modules in C: `_time` of the guest is `time` here.
Each has the functions of its module, and none of its own that a guest could call by mistake."""
