"""The mistakes that only show when a configuration is laid over a target and the user's modules."""
