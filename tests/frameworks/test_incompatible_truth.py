"""What is claimed of distributions that do not work together, shown with the real ones."""

from importlib.metadata import version

import passlib.hash
import pytest
from passlib.context import CryptContext

from archlint.project.files.versions import are_below


def test_passlib_cannot_use_bcrypt_from_5_on() -> None:
    assert int(version("bcrypt").partition(".")[0]) >= 5
    with pytest.raises(ValueError, match="longer than 72 bytes"):
        CryptContext(schemes=["bcrypt"]).hash("short")


@pytest.mark.parametrize("name", ["bcrypt", "bcrypt_sha256"])
def test_hashes_of_passlib_cannot_either(name: str) -> None:
    with pytest.raises(ValueError, match="longer than 72 bytes"):
        getattr(passlib.hash, name).using(rounds=4).hash("short")


@pytest.mark.parametrize(
    "wanted", [">=4,<5", "<5.0", "==4.0.1", "==4.*", "~=4.0", "^4.1", "<4.1", "<=4.3", "4.2.0"]
)
def test_versions_below(wanted: str) -> None:
    assert are_below((wanted,), "5")


@pytest.mark.parametrize("wanted", ["", ">=4", "==5.0.0", "~=5.0", "^5.0", "<6", "*", "!=4"])
def test_versions_that_may_be_above(wanted: str) -> None:
    assert not are_below((wanted,), "5")
