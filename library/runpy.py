"""Running modules by name, or from files: an image has none that it does not import."""


def run_module(mod_name, init_globals=None, run_name=None, alter_sys=False):
    raise ImportError("an image runs no module as a program: %r" % mod_name)


run_path = run_module
