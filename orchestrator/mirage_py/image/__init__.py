"""Workspace -> Image: build, read the ELF back, keep what `inspect` shows."""
