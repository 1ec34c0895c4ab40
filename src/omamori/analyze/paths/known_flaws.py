"""By which ports a flaw that attackers use is reached, and what it gives: published facts about the flaws the starter pack names.

Sources: Microsoft MS17-010, advisories ADV190708 (CVE-2019-0708), CVE-2020-0796, CVE-2020-1472; Samba CVE-2017-7494; Exim CVE-2019-10149;
Redis on Debian DSA-5081 (CVE-2022-0543); NextGen Mirth Connect CVE-2023-43208; Veeam KB4424 (CVE-2023-27532), KB4649 (CVE-2024-40711).
"""

from __future__ import annotations

from dataclasses import dataclass

from omamori.analyze.paths.parts import ADMINISTRATOR, USER


@dataclass(frozen=True, slots=True)
class Door:
    """Ports a flaw is reached by (empty: only somebody on the machine uses it), and the right it gives."""

    ports: frozenset[int]
    right: str


_ONLY_INSIDE = frozenset({"linux", "kernel", "glibc", "sudo", "polkit", "policykit-1"})
"""Products whose flaws in the pack turn a user into an administrator and are not reached over the network."""
_WEB = frozenset({80, 443, 8080, 8443})


def door_of(flaw: str, product: str) -> Door | None:
    """Return how a flaw is reached; None where it is not known."""
    if product in _ONLY_INSIDE:
        return Door(frozenset(), ADMINISTRATOR)
    if flaw in ("CVE-2017-0143", "CVE-2017-0144", "CVE-2017-0145", "CVE-2020-0796", "CVE-2008-4250"):
        return Door(frozenset({139, 445}), ADMINISTRATOR)
    if flaw == "CVE-2019-0708":
        return Door(frozenset({3389}), ADMINISTRATOR)
    if flaw == "CVE-2020-1472":
        return Door(frozenset({135, 445}), ADMINISTRATOR)
    if flaw == "CVE-2019-10149":
        return Door(frozenset({25, 465, 587}), ADMINISTRATOR)
    if flaw == "CVE-2022-0543":
        return Door(frozenset({6379}), USER)
    if flaw in ("CVE-2019-11043", "CVE-2023-43208"):
        return Door(_WEB, USER)
    if flaw in ("CVE-2023-27532", "CVE-2024-40711"):
        return Door(frozenset({8000, 9392, 9401}), ADMINISTRATOR)
    return None
