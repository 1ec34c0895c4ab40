"""The words of the picture, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from omamori.model.declared_network import LINE_KINDS, ZONE_KINDS
from omamori.model.recognised import MACHINES
from omamori.model.text import Text, Value
from omamori.model.ways_in import ENTRY_KINDS, JEWELS

KIND_ORDER = (
    "router", "network", "switch", "wireless", "hypervisor", "server", "nas", "modality", "client", "printer", "camera", "phone",
    "other", "unknown",
)  # fmt: skip
"""Kinds of machines in the order they stand in a room."""


def _words(values: tuple[Value, ...], **more: Text) -> Mapping[str, Text]:
    return MappingProxyType({value.code: value.label for value in values} | more)


KINDS = _words(MACHINES, network=Text("ネットワーク機器", "network device"), unknown=Text("種類不明", "kind not known"))
SHORT: Mapping[str, Text] = MappingProxyType(
    {
        "router": Text("ルータ", "routers"),
        "network": Text("ネットワーク", "network"),
        "switch": Text("スイッチ", "switches"),
        "wireless": Text("無線AP", "Wi-Fi"),
        "hypervisor": Text("仮想基盤", "hypervisors"),
        "server": Text("サーバ", "servers"),
        "nas": Text("NAS", "NAS"),
        "modality": Text("医療機器", "devices"),
        "client": Text("端末PC", "PCs"),
        "printer": Text("プリンタ", "printers"),
        "camera": Text("カメラ", "cameras"),
        "phone": Text("電話", "phones"),
        "other": Text("その他", "other"),
        "unknown": Text("種類不明", "unknown"),
    }
)
"""Kinds in the few letters that fit beside a number."""
ZONES = _words(ZONE_KINDS)
LINES = _words(LINE_KINDS)
ENTRIES = _words(ENTRY_KINDS)
JEWEL_WORDS = _words(JEWELS)
CHANGES: Mapping[str, Text] = MappingProxyType(
    {
        "new": Text("新しい", "new"),
        "reappeared": Text("再び応答", "answers again"),
        "not_seen": Text("応答なし", "not seen since"),
        "retired": Text("台帳から外した", "out of the ledger"),
        "opened": Text("ポートが開いた", "port opened"),
        "closed": Text("ポートが閉じた", "port closed"),
        "service": Text("サービスが変化", "other service"),
        "version": Text("版が変化", "other version"),
        "zone": Text("ゾーンを移動", "moved zone"),
        "address": Text("IPが変化", "other address"),
        "switch_port": Text("口が変化", "other switch port"),
        "renamed": Text("名前が変化", "renamed"),
        "known_as": Text("名前が判明", "now named"),
        "conflict": Text("IPが重複", "address used twice"),
    }
)
"""What may have happened to a machine since an earlier look, in the few letters that fit on it; codes of `analyze.changes.kinds`."""

TIERS: Mapping[str, Text] = MappingProxyType(
    {
        "outside": Text("院外", "Outside"),
        "edge": Text("境界", "Edge"),
        "dmz": Text("DMZ", "DMZ"),
        "lan": Text("院内LAN", "Inside LANs"),
        "device": Text("医療機器", "Medical devices"),
        "backup": Text("バックアップ", "Backup"),
        "unknown": Text("ゾーン不明", "Zone not known"),
    }
)

W: Mapping[str, Text] = MappingProxyType(
    {
        "title": Text("ネットワークの図", "Picture of the network"),
        "no_name": Text("(病院名なし)", "(no name given)"),
        "at": Text("時点", "as of"),
        "looked": Text("実機を見た", "looked at"),
        "of": Text(" / ", " of "),
        "doors": Text("院外との出入口", "doors to the outside"),
        "doors_declared": Text("台帳の回線", "declared lines"),
        "doors_undeclared": Text("台帳にない", "not in the ledger"),
        "found_machines": Text("最優先のある機器", "with a critical finding"),
        "not_in_ledger": Text("台帳にない機器", "undeclared machines"),
        "strangers": Text("持ち主不明のアドレス", "unknown addresses"),
        "no_zone": Text("ゾーンの分からない機器", "No zone known"),
        "undeclared_party": Text("台帳にない出入口", "Not in the ledger"),
        "undeclared_sub": Text("院内の機器で動いている", "running on machines inside"),
        "no_vendor": Text("利用者の記載なし", "user not named"),
        "internet": Text("インターネット", "Internet"),
        "device_unknown": Text("機器の記載なし", "device not named"),
        "nowhere": Text("つながる先の記載なし", "where it lands is not named"),
        "no_lines": Text(
            "外部接続の台帳がまだありません。入口がないという意味ではありません。",
            "No list of outside lines was read yet. That does not mean there is none.",
        ),
        "lines_none": Text("台帳に外部接続の記載はありません。", "The ledger names no outside line."),
        "no_zones": Text("ゾーンの台帳がまだありません", "No list of zones was read yet"),
        "machines": Text("{n}台", "{n}"),
        "room_looked": Text("{n}台のうち{m}台を見た", "looked at {m} of {n}"),
        "room_strangers": Text("持ち主不明のアドレスだけ", "unknown addresses only"),
        "room_empty": Text("知られている機器はありません", "no machine is known here"),
        "more": Text("ほか {n}", "+{n}"),
        "all": Text("{kind} {n}", "{n} {kind}"),
        "tag_undeclared": Text("台帳にない", "not in ledger"),
        "tag_ghost": Text("台帳だけ", "ledger only"),
        "not_looked": Text("実機を見ていない", "not looked at"),
        "nothing": Text("見た範囲でなし", "nothing found where looked"),
        "joins": Text("{zones} にもつながる", "also in {zones}"),
        "between": Text("仕切る機器: {names}", "between: {names}"),
        "between_unknown": Text("仕切る機器: 不明", "between: not known"),
        "door_remote": Text("遠隔操作", "remote control"),
        "door_vpn": Text("VPN・トンネル", "VPN, tunnel"),
        "door_in": Text("外から接続", "came in from outside"),
        "door_out": Text("外へ接続", "goes out"),
        "door_machines": Text("{n}台", "{n} machines"),
        "other_rooms": Text("ほか {n} 区画", "{n} more zones"),
        "others": Text("そのほか", "Others"),
        "other_lines": Text("ほか {n} 回線", "{n} more lines"),
        "other_ways": Text("ほか {n} 入口", "{n} more ways in"),
        "closed": Text("閉じたとして", "taken for closed"),
        "l_local": Text("部屋の中の入口", "way in inside the room"),
        "w_from": Text("{entry} から: 侵入者はどこまで進めるか", "From {entry}: how far an intruder gets"),
        "w_all": Text("入口ごとに、侵入者はどこまで進めるか", "How far an intruder gets from each way in"),
        "w_supposed": Text(
            "「{changes}」をしたとすると: 経路 {cut} が断たれ、{left} が残ります", "With {changes}: {cut} paths are cut, {left} are left"
        ),
        "w_goal": Text("→ {asset}({jewel}) {n}歩", "→ {asset} ({jewel}), steps: {n}"),
        "w_possible": Text("、確かではない", ", not certain"),
        "w_cut": Text("断たれる", "cut"),
        "w_possible_head": Text("確かではない: ", "not certain: "),
        "w_hospital": Text("病院", "the hospital"),
        "w_both": Text("台帳にあり、見えた", "in the ledger, and seen"),
        "w_declared": Text("台帳だけ", "in the ledger only"),
        "w_found": Text("見えたが台帳にない", "seen, not in the ledger"),
        "w_untold": Text("見えた", "seen"),
        "w_doubt": Text("(確かではありません)", " (not certain)"),
        "w_same": Text("1〜{n} は上と同じ", "1-{n} as above"),
        "w_takes": Text("断つには: {change}", "taken away by: {change}"),
        "w_evidence": Text("根拠: {line}", "evidence: {line}"),
        "w_uncut": Text(
            "分かっている変更だけでは断てません。まだ見ていない機器を見てください",
            "no change known here cuts it; look at the machines nobody has looked at",
        ),
        "w_none": Text("見た範囲では経路が見つかっていません", "no way was found where it was looked"),
        "w_unknown": Text(
            "入口をまだ調べていません。ないという意味ではありません。",
            "Ways in were not looked for yet. That does not mean that there are none.",
        ),
        "w_first": Text("まずやること(いちばん費用の少ない組)", "What to do first (the cheapest set)"),
        "w_cheapest": Text("この入口からの経路を断つ、費用の少ない変更", "The cheapest changes that cut the ways from here"),
        "w_more": Text(
            "ほか {n} 行は omamori map --out zu.html か omamori paths で", "{n} more lines: omamori map --out map.html, or omamori paths"
        ),
        "l_path": Text("侵入者の経路(根拠が確か)", "an intruder's way (certain)"),
        "l_path_possible": Text("同(確かではない)", "the same (not certain)"),
        "l_path_cut": Text("同(断たれる)", "the same (cut)"),
        "legend": Text("凡例", "Legend"),
        "l_found": Text("いちばん重い発見", "worst finding"),
        "l_care": Text("止まると診療が止まる", "care stops without it"),
        "l_undeclared": Text("台帳にない", "not in the ledger"),
        "l_ghost": Text("台帳にあるが見えない", "in the ledger, never seen"),
        "l_line": Text("回線(動いているのが見えた)", "line (seen to be there)"),
        "l_line_declared": Text("回線(台帳だけ)", "line (ledger only)"),
        "l_line_undeclared": Text("台帳にない出入口", "undeclared doors"),
        "stranger": Text("持ち主不明", "not known"),
        "l_door": Text("台帳にない出入口のある機器", "machine with an undeclared door"),
        "l_join": Text("複数のネットワークにまたがる機器", "machine in several networks"),
        "l_talk": Text("見えた通信", "connection seen"),
        "l_talk_not": Text("設計にない通信", "connection not designed"),
        "l_talk_unseen": Text("設計だけの通信", "designed, not seen"),
        "foot": Text(
            "見えた範囲の図です。描かれていないものがないとは言えません。",
            "Drawn from what was seen. What is not drawn may still be there.",
        ),
        "made": Text("お守り", "Omamori"),
    }
)
