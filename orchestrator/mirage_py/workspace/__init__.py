"""Lock -> Workspace: the cross file, the Meson projects, the start code, the manifest."""
