import pytest


def start():
    with pytest.raises(ValueError, match="no"):
        raise ValueError("no")
    print(pytest.approx(0.3) == 0.1 + 0.2)
