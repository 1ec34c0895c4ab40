"""Whether what a record demands besides (running on …, for edition …) holds on a machine. Pure."""

from __future__ import annotations

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
_UNTOLD = frozenset({"update", "language", "other"})


def fits_target(target: str | None, platform: str, editions: tuple[str, ...]) -> bool | None:
    """Return whether the edition or platform a CPE is narrowed to is this one; None where nobody can tell.

    In: `target` as the feeds' parsers write it (`sw_edition=esr, target_sw=windows`); `editions`: what this program is, `!word` for what
    it is not, and its bits (x64).
    """
    said = []
    for part in (target or "").lower().split(", "):
        name, _, value = part.rpartition("=")
        if value and value not in _NOTHING:
            said.append(None if name in _UNTOLD else _one_target(value, platform, editions))
    return _all(said)


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
    """Return whether what must be there besides is there, as far as the machine's own platform answers it; None where it does not.

    In: `needs` as the feeds' parsers write it: `o:microsoft:windows | o:linux:linux_kernel & h:dell:xps` (`&` between groups of which each must
    be met, `|` between alternatives).
    """
    groups = [group for group in (needs or "").lower().split(" & ") if group.strip()]
    return _all([_any([_one_need(name, platform) for name in group.split(" | ")]) for group in groups])


def _one_need(name: str, platform: str) -> bool | None:
    parts = name.strip().split(":")
    if parts[0] in ("a", "o", "h") and len(parts) > 2:
        if parts[0] != "o":
            return None
        parts = parts[1:]
    if len(parts) < 2 or not platform:
        return None
    product, version = parts[1], parts[2] if len(parts) > 2 else ""
    if product in _PLATFORMS.get(platform, frozenset()):
        return None if version else True
    if product in _FOREIGN or any(product in words for words in _PLATFORMS.values()):
        return False
    if product.startswith("windows_"):
        # Which release of Windows this is, its platform alone does not tell.
        return None if platform == "windows" else False
    return None


def _all(said: list[bool | None]) -> bool | None:
    return False if False in said else None if None in said else True


def _any(said: list[bool | None]) -> bool | None:
    return True if True in said else None if None in said else False
