"""What the hospital already owns: features of the antivirus product that were paid for and are not at work.

They are switched on in the product's console, by hand: no product documents a way that is the same for all. Microsoft Defender's own
switches are Windows settings and have measures of their own.
"""

from __future__ import annotations

from collections.abc import Iterator

from omamori.model.access import SecurityProduct
from omamori.model.text import Text
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.parts import Left, Machine, Measure, Menu, Promise

_NAME = "own-antivirus"
_FEATURES = (
    ("running", "protection.stopped", Text("動かす", "start it again")),
    ("real_time", "protection.real_time_off", Text("リアルタイム保護を入れる", "switch on real-time protection")),
    ("behaviour", "protection.behaviour_off", Text("ふるまい監視を入れる", "switch on behaviour monitoring")),
    ("tamper_protected", "protection.removable", Text("改ざん防止(自己保護、解除パスワード)を入れる", "switch on tamper protection (a password to remove it)")),
    ("signatures", "protection.signatures_old", Text("定義の更新先(院内のサーバか手運び)を直す", "mend where definitions come from (a server inside, or by hand)")),
)  # fmt: skip
_SHIELD = Text(
    "同じコンソールで、デバイス制御(USB)、端末のファイアウォール、脆弱性シールド(仮想パッチ)も契約に含まれていないか見てください。更新できない機器に"
    "仮想パッチを当てたら、台帳の「例外」に、対策「仮想パッチ」と何を守るか(CVE番号)を書きます",
    "See in the same console whether device control (USB), the firewall of the machines and a vulnerability shield (virtual patches) are part of "
    "the contract too. Where a machine that cannot be updated gets a virtual patch, enter an exception with the control `virtual patch` and "
    "what it covers (CVE numbers) in the ledger",
)
_CONSOLE = Text(
    "管理コンソールがある製品なら、そこで全台まとめて設定します。ないときは各機器の製品の画面で",
    "where the product has a central console, set it there for all machines at once; else in the product's own window on each",
)


def propose(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield one measure per product and feature that an open finding names; what the machine does not show is left to the console."""
    products = [one for one in facts.rows("security_products", machine) if one.kind in ("antivirus", "edr") and one.name != "defender"]
    for product in products:
        for _, check, what in _FEATURES:
            found = tuple(promise for promise in facts.open(machine, check) if promise.key.split(" | ")[-1] == product.name)
            if found:
                yield _measure(machine, product, what, found)
        dark = [word for word in ("real_time", "behaviour", "tamper_protected") if getattr(product, word) is None]
        if product.running and dark:
            yield Left(
                _NAME,
                machine,
                Text(
                    f"{product.name} は、リアルタイム・ふるまい・改ざん防止の状態をこの機器では示しません。管理コンソールで見てください",
                    f"{product.name} does not show on this machine whether real-time, behaviour and tamper protection are on: see its console",
                ),
            )


def _measure(machine: Machine, product: SecurityProduct, what: Text, found: tuple[Promise, ...]) -> Measure:
    return Measure(
        kind=_NAME,
        machine=machine,
        what=Text(f"{product.name}: {what.ja}", f"{product.name}: {what.en}"),
        why=Text(
            "すでに費用を払っている機能です。侵入者はまず対策ソフトを止めるか、動いていない所を選びます",
            "It is paid for already. An intruder first stops the antivirus, or chooses where it does not look",
        ),
        stops=Text(
            "業務ソフトが誤って止められることがあります。1台で数日試し、必要なら製造元の指示どおりに除外を足します",
            "A program of the hospital may be stopped by mistake: try one machine for some days, and add exclusions only as its maker says",
        ),
        menu=Menu(_CONSOLE),
        promises=found,
        notes=(_SHIELD,),
        evidence=tuple(dict.fromkeys(promise.evidence for promise in found if promise.evidence)),
    )


KIND = Kind(
    name=_NAME,
    title=Text("いまあるウイルス対策の機能を使う", "Use what the antivirus already has"),
    system="windows",
    propose=propose,
    fixes=tuple(check for _, check, _ in _FEATURES),
)
