"""Facts as publishers write them, for the tests of flaws."""

from __future__ import annotations

from datetime import date
from typing import Any

from omamori.analyze.flaws.covering import FIRST_YEAR, LEAST_OF_RELEASE, LEAST_OF_YEAR
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


def release(name: str = "debian 12", *, scheme: str = "dpkg", feed: str = "debian", many: int = LEAST_OF_RELEASE) -> list[Affected]:
    """Flaws of a distribution's release in packages no machine here has: as many as are more than an excerpt."""
    given = {"feed": feed, "kind": "package", "vendor": name.split(" ")[0], "release": name, "scheme": scheme}
    return [Affected(flaw=f"CVE-1999-{number}", product=f"other-{number}", before="1", fixed="1", **given) for number in range(many)]


def years(first: int = FIRST_YEAR, last: int = 2026, *, feed: str = "nvd", many: int = LEAST_OF_YEAR) -> list[Advisory]:
    """Every entry of a collection that covers these years."""
    name = "CVE-{}-9{:05}" if feed == "nvd" else "JVNDB-{}-{:06}"
    return [Advisory(advisory=name.format(year, number), feed=feed) for year in range(first, last + 1) for number in range(many)]
