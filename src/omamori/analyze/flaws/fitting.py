"""Whether what a record demands besides (running on …, for edition …) holds on a machine. Pure."""

from __future__ import annotations

import re

_WORD = re.compile(r"[a-z0-9_.!+-]+")
_NOTHING = frozenset({"-", "*", "any", "na"})
_PLATFORMS = {
    "windows": frozenset({"windows", "windows_nt", "win32", "win64"}),
    "linux": frozenset({"linux", "linux_kernel", "unix"}),
}
_SYSTEMS = "android iphone_os ipados ios ipad_os mac_os mac_os_x macos os_x chrome_os solaris hp-ux aix freebsd openbsd netbsd"
_PHONES = "windows_phone windows_mobile windows_ce blackberry_os symbian"
_HOSTS = "wordpress drupal joomla! joomla node.js jenkins moodle typo3 magento"
_FOREIGN = frozenset(f"{_SYSTEMS} {_PHONES} {_HOSTS}".split(" "))
_BITS = {"x64": "x64", "x86": "x86", "amd64": "x64", "x86_64": "x64", "i386": "x86", "arm64": "arm64", "aarch64": "arm64"}
_SYSTEM = re.compile(r"(?:windows|linux|.*_linux$|.*linux_.*$)")


def fits_target(target: str | None, platform: str, editions: tuple[str, ...]) -> bool | None:
    """Return whether the edition or platform a CPE is narrowed to is this one; None where nobody can tell.

    `editions`: what this program is, `!word` for what it is not, and its bits (x64).
    """
    words = [word for word in _WORD.findall((target or "").lower()) if word not in _NOTHING]
    said = [_one_target(word, platform, editions) for word in words]
    if False in said:
        return False
    return None if None in said else True


def _one_target(word: str, platform: str, editions: tuple[str, ...]) -> bool | None:
    if word in editions:
        return True
    if f"!{word}" in editions or word in _FOREIGN:
        return False
    for name, words in _PLATFORMS.items():
        if word in words:
            return name == platform if platform else None
    if word in _BITS:
        own = {_BITS[one] for one in editions if one in _BITS}
        return (_BITS[word] in own) if own else None
    return None


def fits_needs(needs: str | None, platform: str) -> bool | None:
    """Return whether what must be there besides is there, as far as the machine's own platform answers it; None where it does not."""
    words = [word for word in _WORD.findall((needs or "").lower().replace(":", " ")) if word not in _NOTHING]
    if not words:
        return True
    own = _PLATFORMS.get(platform, frozenset())
    if own and any(word in own for word in words):
        return True
    other = frozenset().union(*(names for name, names in _PLATFORMS.items() if name != platform)) | _FOREIGN
    systems = [word for word in words if word in other or _SYSTEM.match(word)]
    # A machine of another kind cannot be meant; which release of Windows or Linux is, its name alone does not tell.
    if platform and systems and all(word in other for word in systems):
        return False
    return None
