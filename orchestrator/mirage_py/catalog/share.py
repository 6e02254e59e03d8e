"""Where the guest's sources lie: in the installed package, or in the checkout it is run from."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parents[1]


def share() -> Path:
    """The folder that holds `targets/`, `bindings/` and `runtime_c/`."""
    installed = PACKAGE / "share"
    return installed if installed.is_dir() else PACKAGE.parents[1]
