"""Running an image: choose the tender, check what it is given, and run it."""
