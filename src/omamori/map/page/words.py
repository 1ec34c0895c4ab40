"""The words of the page around the picture, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from omamori.model.text import Text

P: Mapping[str, Text] = MappingProxyType(
    {
        "search": Text("機器名・IP・業者で探す", "Find a machine, address or vendor"),
        "hits": Text("{n}件", "{n} found"),
        "no_hits": Text("見つかりません", "nothing found"),
        "layers": Text("表示", "Show"),
        "lines": Text("院外との回線", "lines from outside"),
        "joins": Text("またがる機器", "machines in two networks"),
        "talks": Text("部屋どうしの通信", "connections between rooms"),
        "kinds": Text("機器の種類", "kinds of machines"),
        "zoom_in": Text("拡大", "Zoom in"),
        "zoom_out": Text("縮小", "Zoom out"),
        "fit": Text("全体", "Whole"),
        "close": Text("閉じる", "Close"),
        "back": Text("一覧へ", "Overview"),
        "start": Text("まず見るところ", "Where to look first"),
        "doors": Text("院外との出入口", "Doors to the outside"),
        "grave": Text("最優先のある機器", "Machines with a critical finding"),
        "undeclared": Text("台帳にない機器・アドレス", "Machines and addresses not in the ledger"),
        "nothing_grave": Text("見た範囲ではありません", "none where it was looked"),
        "kind": Text("種類", "Kind"),
        "probably": Text("おそらく", "probably"),
        "zone": Text("ゾーン", "Zone"),
        "no_zone": Text("分かりません", "not known"),
        "address": Text("IPアドレス", "Address"),
        "hostname": Text("ホスト名", "Host name"),
        "system": Text("OS", "Operating system"),
        "maker": Text("メーカー", "Maker"),
        "purpose": Text("用途", "Purpose"),
        "place": Text("設置場所", "Place"),
        "vendor": Text("業者", "Vendor"),
        "last_seen": Text("実機を見た日時", "Looked at"),
        "services": Text("提供しているもの", "Offers"),
        "found": Text("見つかったもの", "Found"),
        "found_more": Text("ほか {n} 件は報告書に", "{n} more in the report"),
        "found_none": Text("見た範囲では見つかっていません", "nothing found where it was looked"),
        "not_looked": Text(
            "実機をまだ見ていません。問題がないという意味ではありません。", "Not looked at yet. That does not mean that all is well."
        ),
        "unknown": Text("見えなかった点検", "Checks that could not be told"),
        "accepted": Text("期限つきで承認", "Accepted for a time"),
        "deviations": Text("台帳との違い", "Differs from the ledger"),
        "talks_of": Text("見えた通信", "Connections seen"),
        "evidence": Text("根拠", "Evidence"),
        "not_designed": Text("設計にない", "not designed"),
        "outside": Text("院外", "outside"),
        "important": Text("止まると診療が止まる", "care stops without it"),
        "hands_off": Text("変更の前に業者へ確認", "ask the vendor before changing it"),
        "tag_undeclared": Text("台帳にない", "not in the ledger"),
        "ghost": Text("台帳にあるが見えない", "in the ledger, never seen"),
        "stranger": Text("持ち主不明。{by} から見えた", "not known; seen from {by}"),
        "room_talks": Text("部屋どうしの通信", "Connections between rooms"),
        "pairs": Text("{n}組", "{n} pairs"),
        "inside_talks": Text("この部屋の中の通信", "Connections inside this room"),
        "networks": Text("IPアドレス範囲", "Networks"),
        "internet": Text("インターネット", "Internet"),
        "looked": Text("実機を見た", "Looked at"),
        "machines": Text("機器", "Machines"),
        "device": Text("接続機器", "Device"),
        "lands": Text("つながる先", "Lands in"),
        "always_open": Text("常時接続", "Always open"),
        "source_restricted": Text("接続元の制限", "Source restricted"),
        "two_factor": Text("二要素認証", "Two factors"),
        "last_used": Text("最後に使った日", "Last used"),
        "seen_line": Text("動いているのが見えた", "seen to be there"),
        "declared_line": Text("台帳の記載だけ", "in the ledger only"),
        "yes": Text("はい", "yes"),
        "no": Text("いいえ", "no"),
        "door_product": Text("動いているもの", "What runs"),
        "group": Text("{n}台", "{n} machines"),
        "hint": Text(
            "ドラッグで移動、ホイールで拡大、/ で検索、+ − 0 で拡大・縮小・全体",
            "Drag to move, wheel to zoom, / to search, + − 0 to zoom in, out, whole",
        ),
        "noscript": Text("スクリプトが止められているため、図だけを表示しています。", "Scripts are off: only the drawing is shown."),
        "bigger": Text(
            "拡大・検索できる図は omamori map --out zu.html で作れます。", "A drawing to zoom and search: omamori map --out map.html"
        ),
    }
)
DEVIATIONS: Mapping[str, Text] = MappingProxyType(
    {
        "undeclared-machine": Text("台帳にない機器", "machine not in the ledger"),
        "undeclared-neighbour": Text("知らない機器が近くにある", "unknown neighbour"),
        "undeclared-lease": Text("台帳にない機器へのアドレスの貸出し", "lease to a machine not in the ledger"),
        "undeclared-computer": Text("台帳にないドメインのコンピュータ", "domain computer not in the ledger"),
        "undeclared-software": Text("台帳にないソフトウエア", "software not in the ledger"),
        "undeclared-listener": Text("台帳にない待ち受け", "port not in the ledger"),
        "undeclared-peer": Text("設計にない通信", "connection not designed"),
        "not-seen": Text("台帳にあるが見えない", "in the ledger, not seen"),
        "os-differs": Text("OSが台帳と異なる", "operating system differs"),
        "name-shared": Text("同じ名前の機器がある", "name used twice"),
        "role-differs": Text("区分が台帳と異なる", "class differs"),
        "backup-not-found": Text("台帳のバックアップが見えない", "declared backup not found"),
        "clock-off": Text("時計がずれている", "clock is off"),
    }
)
"""Kinds of differences between ledger and evidence."""
