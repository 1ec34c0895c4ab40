"""What is said of a step and of an entry, in both languages. `start` is the machine, network or entry the intruder has."""

from __future__ import annotations

from types import MappingProxyType

from omamori.model.recognised import SERVICES
from omamori.model.text import Text

STEPS = MappingProxyType(
    {
        "lands": (
            "{start} を使って {asset} のネットワークに入れます",
            "{start} leads into the network {asset}",
        ),
        "lands-on": (
            "{start} を使って {asset} を操作できます({detail})",
            "{start} lets somebody operate {asset} ({detail})",
        ),
        "line-device": (
            "{start} の接続機器に、攻撃に使われている弱点 {detail} があります。機器を奪われると {asset} のネットワーク全体に届きます",
            "The device of {start} has {detail}, a flaw that attackers use; who takes the device reaches all of the network {asset}",
        ),
        "through-device": (
            "{start} はネットワーク機器なので、奪われると {asset} のネットワークに届きます",
            "{start} is a network device: who takes it reaches the network {asset}",
        ),
        "dual-homed": (
            "{start} は {asset} のネットワークにもつながっているので、その先へ進めます",
            "{start} also stands in the network {asset}, so the way goes on there",
        ),
        "exploited-flaw": (
            "{start} から {asset} の {service} に届きます。攻撃に使われている弱点 {detail} があり、そこから入れます",
            "From {start} {service} of {asset} is reached; it has {detail}, a flaw that attackers use to get in",
        ),
        "no-login": (
            "{start} から {asset} の {service} に届きます。パスワードを尋ねません({detail})",
            "From {start} {service} of {asset} is reached; it asks for no password ({detail})",
        ),
        "writable-share": (
            "{start} から {asset} の {service} に届きます。共有 {detail} は誰でも開けます",
            "From {start} {service} of {asset} is reached; anybody may open the share {detail}",
        ),
        "default-password": (
            "{start} から {asset} の {service} に届きます。管理者のパスワードが空か、出荷時などの知られたものです({detail})",
            "From {start} {service} of {asset} is reached; its administrator's password is empty or a known one ({detail})",
        ),
        "remote-desktop": (
            "{start} から {asset} のリモートデスクトップ({service})に届きます。パスワードが漏れるか破られれば入れます",
            "From {start} the remote desktop of {asset} ({service}) is reached; who knows or guesses a password gets in",
        ),
        "remote-desktop-without-nla": (
            "{start} から {asset} のリモートデスクトップ({service})に届きます。誰にでも画面を見せ、パスワードが漏れるか破られれば入れます",
            "From {start} the remote desktop of {asset} ({service}) is reached; it shows its screen to anybody, and a known or guessed password opens it",
        ),
        "remote-control": (
            "{start} から {asset} の遠隔操作({service})に届きます。パスワードの有無は見えませんでした",
            "From {start} the remote control of {asset} ({service}) is reached; whether it asks for a password could not be seen",
        ),
        "plain-text-login": (
            "{start} から {asset} の {service} に届きます。パスワードが暗号なしで流れるので、読まれていれば入れます",
            "From {start} {service} of {asset} is reached; passwords cross the network in plain text, who reads one gets in",
        ),
        "old-sharing": (
            "{start} から {asset} の {service} に届きます。旧式の共有SMB1を受け付けます({detail})",
            "From {start} {service} of {asset} is reached; it accepts the old sharing SMB 1 ({detail})",
        ),
        "ended-system": (
            "{start} から {asset} の {service} に届きます。OSのサポートが終わり({detail})、新しい弱点は直りません",
            "From {start} {service} of {asset} is reached; support of its system has ended ({detail}), new flaws stay open",
        ),
        "not-looked-at": (
            "{start} から {asset} の {service} に届きます。この機器はまだ見ていないので、入れるかどうか判断できません",
            "From {start} {service} of {asset} is reached; nobody has looked at this machine, so whether it can be taken could not be told",
        ),
        "local-rights": (
            "{asset} では、使う人が管理者になれます({detail})",
            "On {asset} whoever uses it can become administrator ({detail})",
        ),
        "rights-not-seen": (
            "{asset} はまだ見ていないので、使う人が管理者になれるかどうか判断できません",
            "Nobody has looked at {asset}, so whether its users can become administrators could not be told",
        ),
        "stored-credentials": (
            "{asset} にはパスワードが残っていて、取り出せます({detail})",
            "{asset} keeps a password that can be taken out ({detail})",
        ),
        "shared-administrator": (
            "{start} と同じ管理者 {detail} が、同じ日に決めたパスワードで {asset} にもあります({service})",
            "{asset} has the same administrator as {start} with a password of the same day: {detail} ({service})",
        ),
        "administrator-here-too": (
            "{detail} は {asset} でも管理者なので、同じパスワードで入れます({service})",
            "{detail} is administrator of {asset} too: the same password opens it ({service})",
        ),
        "domain-administrator": (
            "{start} はドメインを管理しているので、{asset} も自由に操作できます",
            "{start} governs the domain, so {asset} can be operated at will",
        ),
        "backup-same-credentials": (
            "{start} の管理者は、{asset} にある控え({detail})も消せます",
            "The administrator of {start} can also delete the copies on {asset} ({detail})",
        ),
    }
)
"""Kind of step → the sentence in Japanese and in English."""


_SERVICES = {value.code: value.label for value in SERVICES}


def told(kind: str, start: str, asset: str, service: str, detail: str) -> Text:
    """Return the sentence of a step."""
    ja, en = STEPS[kind]
    code, _, place = service.partition(" ")
    ja_service, en_service = service or "サービス", service or "a service"
    if label := _SERVICES.get(code):
        ja_service, en_service = f"{label.ja} {place}".rstrip(), f"{label.en} {place}".rstrip()
    return Text(
        ja.format(start=start, asset=asset, service=ja_service, detail=detail or "詳細なし"),
        en.format(start=start, asset=asset, service=en_service, detail=detail or "no detail"),
    )
