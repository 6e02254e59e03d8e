"""How Python was built: an image's was not."""


def get_config_var(name):
    return None


def get_config_vars(*names):
    return [None for _ in names] if names else {}


def get_platform():
    return "mirage-x86_64"


def get_python_version():
    return "3.11"


def get_path(name, *_, **__):
    return ""


def get_paths(*_, **__):
    return {}


def get_scheme_names():
    return ()
