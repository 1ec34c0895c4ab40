"""Values of the registry that a security template names → columns of `windows_settings`.

The key is the full path in lower case with `hklm` in front, and the value's name at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

from omamori.parse.windows.values import number

_LSA = r"hklm\system\currentcontrolset\control\lsa"
_POLICIES = r"hklm\software\microsoft\windows\currentversion\policies\system"
_SERVICES = r"hklm\system\currentcontrolset\services"


def _on(text: str) -> bool | None:
    value = number(text)
    return None if value is None else value != 0


def _off(text: str) -> bool | None:
    value = number(text)
    return None if value is None else value == 0


def _seconds(text: str) -> int | None:
    """0 only says that this value locks nothing: a screen saver may."""
    return number(text) or None


COLUMNS: Mapping[str, tuple[str, Callable[[str], bool | int | None]]] = MappingProxyType(
    {
        rf"{_POLICIES}\enablelua": ("uac_enabled", _on),
        rf"{_POLICIES}\localaccounttokenfilterpolicy": ("uac_remote_full", _on),
        rf"{_POLICIES}\inactivitytimeoutsecs": ("screen_lock_seconds", _seconds),
        rf"{_LSA}\lmcompatibilitylevel": ("lm_level", number),
        rf"{_LSA}\nolmhash": ("lm_hash_stored", _off),
        rf"{_LSA}\restrictanonymoussam": ("anonymous_accounts", _off),
        rf"{_LSA}\everyoneincludesanonymous": ("anonymous_everyone", _on),
        rf"{_LSA}\limitblankpassworduse": ("blank_passwords_remote", _off),
        rf"{_LSA}\runasppl": ("lsa_protection", _on),
        rf"{_SERVICES}\lanmanserver\parameters\requiresecuritysignature": ("smb_signing_required", _on),
        rf"{_SERVICES}\lanmanworkstation\parameters\requiresecuritysignature": ("smb_client_signing_required", _on),
        r"hklm\software\microsoft\windows nt\currentversion\winlogon\cachedlogonscount": ("cached_logons", number),
    }
)
"""Full path and name in lower case → the column, and how its value is read; None where it is no number."""


def column(path: str, value: str) -> tuple[str, bool | int] | None:
    """Return column and value of one value of the registry (`MACHINE\\…` or `HKLM\\…`), None where it says nothing."""
    key = path.strip().lower()
    key = "hklm\\" + key.removeprefix("machine\\") if key.startswith("machine\\") else key
    found = COLUMNS.get(key)
    read = found[1](value.strip().strip('"')) if found else None
    return (found[0], read) if found is not None and read is not None else None
