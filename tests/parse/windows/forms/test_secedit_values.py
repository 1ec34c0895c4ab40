"""Values of the registry in a security template: what they say, and what they do not."""

from __future__ import annotations

import pytest

from omamori.model.tables import TABLES
from omamori.parse.windows.forms.secedit_values import COLUMNS, column

LSA = r"MACHINE\System\CurrentControlSet\Control\Lsa"
SYSTEM = r"MACHINE\Software\Microsoft\Windows\CurrentVersion\Policies\System"


@pytest.mark.parametrize(
    ("path", "value", "expected"),
    [
        (rf"{LSA}\LmCompatibilityLevel", "5", ("lm_level", 5)),
        (rf"{LSA}\NoLMHash", "1", ("lm_hash_stored", False)),
        (rf"{LSA}\RestrictAnonymousSAM", "0", ("anonymous_accounts", True)),
        (rf"{LSA}\LimitBlankPasswordUse", "0", ("blank_passwords_remote", True)),
        (rf"{SYSTEM}\EnableLUA", "0", ("uac_enabled", False)),
        (rf"{SYSTEM}\InactivityTimeoutSecs", "0", None),
        (rf"{SYSTEM}\EnableLUA", "[secret: password, set]", None),
        (rf"{SYSTEM}\Unheard", "1", None),
        (r"HKLM\Software\Microsoft\Windows NT\CurrentVersion\Winlogon\CachedLogonsCount", '"4"', ("cached_logons", 4)),
    ],
)
def test_values(path, value, expected):
    assert column(path, value) == expected


def test_columns_are_those_of_the_model():
    assert {name for name, _ in COLUMNS.values()} <= {one.name for one in TABLES["windows_settings"].columns}
    assert all(key == key.lower() and key.startswith("hklm\\") for key in COLUMNS)
