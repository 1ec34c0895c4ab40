"""Whether a virtual patch was seen: the product that is said to shield, at work on the machine."""

from __future__ import annotations

from omamori.analyze.coverage import Coverage, Input
from omamori.analyze.notices.naming import Ours, fit
from omamori.analyze.protection.detail import Detail
from omamori.analyze.protection.found import Found, together
from omamori.model.access import SecurityProduct
from omamori.model.text import Text
from omamori.snapshot.database import Database

_NO_PRODUCT = Text("どの製品かが書かれていません", "no product is named")
_WATCHES = frozenset({"permissive", "complain", "monitor", "disabled", "off", "audit", "passive"})
_OFF = frozenset({"off", "no", "0", "false", "disabled", "detectiononly"})
_FIREWALLS = ("modsecurity", "modsecurityenabled", "secruleengine", "modsecurity on", "naxsi", "secrulesenabled")
"""Settings of web servers that turn a web application firewall on (ModSecurity reference manual; naxsi)."""


def virtual_patch(asset: str, detail: Detail, database: Database, coverage: Coverage) -> Found:
    """Return whether the products named shield `asset`. That a product runs does not tell which of its rules are at work: it is said so."""
    if not detail.words:
        return Found("declared", _NO_PRODUCT)
    return together([_one(word, asset, database, coverage) for word in detail.words])


def _one(word: str, asset: str, database: Database, coverage: Coverage) -> Found:
    products, settings = coverage.view("security_products", asset), coverage.view("server_settings", asset)
    rests = (Input(products, ("name", "running", "mode")), *((Input(settings, ("name", "value")),) if settings.looked else ()))
    for row in database.rows("security_products", asset=asset):
        if _same(word, row.name):
            return _of_product(row, rests)
    for setting in database.rows("server_settings", asset=asset):
        if setting.name.casefold() in _FIREWALLS and (_same(word, setting.name) or "waf" in word.casefold() or "modsec" in word.casefold()):
            off = (setting.value or "").casefold() in _OFF
            words = f"{setting.service} {setting.name} = {setting.value}"
            return Found("contradicted" if off else "seen", Text(words, words), setting.evidence, rests)
    if not products.knows("name"):
        return Found(
            "unreadable", Text(f"{word}: 機器の防御製品を見ていません", f"{word}: the machine's products were not looked at"), "", rests
        )
    return Found(
        "declared",
        Text(f"{word}: この機器の上では見当たりません。ネットワーク側なら業者に確かめてください",
             f"{word}: not seen on the machine itself; if it stands in the network, ask who runs it"),
        products.evidence,
        rests,
    )  # fmt: skip


def _same(word: str, name: str) -> bool:
    return fit(None, name, Ours(word)) is not None or fit(None, word, Ours(name)) is not None


def _of_product(row: SecurityProduct, rests: tuple[Input, ...]) -> Found:
    if row.running is None:
        words = Text(f"{row.name}: 入っています。働いているかは分かりません", f"{row.name}: is there; whether it is at work cannot be told")
        return Found("unreadable", words, row.evidence, rests)
    if not row.running:
        return Found("contradicted", Text(f"{row.name}: 止まっています", f"{row.name}: is stopped"), row.evidence, rests)
    if (row.mode or "").casefold() in _WATCHES:
        words = Text(f"{row.name}: 見ているだけで止めません({row.mode})", f"{row.name}: only watches ({row.mode})")
        return Found("contradicted", words, row.evidence, rests)
    words = Text(
        f"{row.name}: 働いています。この弱点の規則が入っているかまでは見ていません",
        f"{row.name}: is at work; whether its rule for this flaw is there was not seen",
    )
    return Found("seen", words, row.evidence, rests)
