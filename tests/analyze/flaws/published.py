"""Facts as publishers write them, for the tests of flaws."""

from __future__ import annotations

from datetime import date
from typing import Any

from omamori.model.facts import Advisory, Affected, Exploited


def affected(flaw: str, product: str, before: str = "", **more: Any) -> Affected:
    """A range of NVD: `vendor:product` up to, not including, `before`."""
    vendor, _, name = product.partition(":")
    given = {"advisory": flaw, "feed": "nvd", "part": "a", "place": f"CVE_Items[{len(flaw)}]"} | more
    return Affected(flaw=flaw, vendor=vendor, product=name, before=before, **given)


def exact(flaw: str, product: str, version: str, **more: Any) -> Affected:
    """One version that NVD names."""
    return affected(flaw, product, version, since=version, before_in=True, **more)


def exploited(flaw: str, *, ransomware: bool = False) -> Exploited:
    """An entry of the catalogue of exploited flaws."""
    return Exploited(flaw=flaw, feed="kev", name=f"name of {flaw}", ransomware=ransomware)


def advisory(flaw: str, cvss: float = 7.5, **more: Any) -> Advisory:
    """NVD's record of a flaw."""
    return Advisory(advisory=flaw, feed="nvd", summary=f"about {flaw}", cvss=cvss, published=date(2021, 5, 1), **more)
