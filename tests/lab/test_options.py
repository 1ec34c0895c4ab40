from __future__ import annotations

import pytest

from omamori.lab.options import settle

KNOWN = {"port": 22, "weak": False, "key": None}


def test_what_is_not_given_has_its_default() -> None:
    assert settle("ssh", {"weak": True}, KNOWN) == {"port": 22, "weak": True, "key": None}
    assert settle("ssh", {"key": "text"}, KNOWN)["key"] == "text"


def test_an_unknown_option_is_named_with_the_known_ones() -> None:
    with pytest.raises(ValueError, match=r"service ssh .* no option prot; its options are: key, port, weak"):
        settle("ssh", {"prot": 1}, KNOWN)


@pytest.mark.parametrize("given", [{"port": "22"}, {"port": True}, {"weak": 1}])
def test_another_type_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=f"option {next(iter(given))} must be"):
        settle("ssh", given, KNOWN)
