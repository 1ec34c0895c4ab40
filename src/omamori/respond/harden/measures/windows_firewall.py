"""The Windows firewall talks to the servers only: existing rules are narrowed to who was seen and who is declared (docs/decisions/0061)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from omamori.model.text import Text
from omamori.parse.windows.registry.firewall import Rule
from omamori.respond.harden.changes import WindowsRule
from omamori.respond.harden.facts import Facts
from omamori.respond.harden.firewall_ground import CHANGED, Decision, Ground, Outcome, decisions, ground_of
from omamori.respond.harden.flows import Allowed, FlowFact
from omamori.respond.harden.kind import Kind
from omamori.respond.harden.parts import Left, Machine, Measure, Menu, Promise
from omamori.respond.harden.rule_text import opens, read_rule, sources
from omamori.respond.harden.spans import everything, joined, written

NAME = "windows-firewall-rules"
_CHECKS = ("firewall.windows_rdp_from_anywhere", "firewall.windows_rule_for_everything", "firewall.windows_rule_user_program")
_MOST = 12
_MENU = Menu(
    Text(
        "「セキュリティが強化された Windows Defender ファイアウォール」(wf.msc)→「受信の規則」→ 規則を開く →「スコープ」→"
        "「リモート IP アドレス」を「これらの IP アドレス」にして、下のアドレスだけを入れる。使わない規則は右クリック →「規則の無効化」",
        "Windows Defender Firewall with Advanced Security (wf.msc) > Inbound Rules > open the rule > Scope > Remote IP address: "
        "These IP addresses, with the addresses below only. A rule nobody uses: right click > Disable Rule",
    ),
    Text(
        "コンピューターの構成 → ポリシー → Windows の設定 → セキュリティの設定 → セキュリティが強化された Windows Defender ファイアウォール → 受信の規則。"
        "機器自身の規則はグループポリシーでは狭められないので、狭めた規則をここに作り、プロファイルごとの「ローカル ファイアウォールの規則の適用」を"
        "「いいえ」にする前に、一台で試す",
        "Computer Configuration > Policies > Windows Settings > Security Settings > Windows Defender Firewall with Advanced Security > Inbound "
        "Rules. A group policy cannot narrow a machine's own rules: make the narrowed ones here, and try it on one machine before "
        "Apply local firewall rules is set to No for a profile",
    ),
)
_LEFT: Mapping[Outcome, Text] = MappingProxyType(
    {
        "udp": Text(
            "UDPの規則はそのままです。Windowsは誰がUDPを送ってきたかを示さないので、台帳の通信設計に相手を書くと絞れます",
            "rules for UDP stay as they are: Windows does not show who sends UDP. With the peers in the sheet of designed flows they can be narrowed",
        ),
        "word": Text(
            "Windowsだけが知る言葉(相手やポート)で書かれた規則はそのままです。管理画面で確かめてください",
            "rules whose peers or ports are words only Windows knows stay as they are: look at them in the console",
        ),
        "watch": Text(
            "見ていた日数が足りないので、相手をまだ決められません。使う人のアドレスを台帳の通信設計に書くか、もう何日か見てから作り直してください",
            "watched for too few days to tell who needs it: write the addresses into the sheet of designed flows, or watch on and plan anew",
        ),
        "moving": Text(
            "アドレスの変わる他のPCから使われていました。必要かどうかを決めて、台帳の通信設計に書いてください",
            "used by another PC whose address changes: decide whether that is needed, and write it into the sheet of designed flows",
        ),
        "unresolved": Text(
            "台帳の通信設計にある相手のアドレスが分からないので、そのままです",
            "stays as it is: the address of a peer in the sheet of designed flows is not known",
        ),
        "app": Text(
            "ストアアプリの規則はそのままです。使わないアプリは入れないでください",
            "rules of store apps stay as they are: remove the apps nobody uses",
        ),
        "used": Text(
            "利用者のフォルダーにあるプログラムですが、使われていました。何のプログラムかを調べてください",
            "a program in a user's folder, but somebody used it: find out what it is",
        ),
    }
)


def propose(facts: Facts, machine: Machine) -> Iterator[Measure | Left]:
    """Yield the narrowing of a machine's inbound rules, and what stays as it is and why."""
    ground = ground_of(facts, machine)
    if not any(one.decision == "accept" for one in ground.rows):
        if not facts.complete(machine, "firewall_rules"):
            yield Left(NAME, machine, Text("ファイアウォールの規則を見ていません", "the rules of its firewall were not seen"))
        return
    if ground.managed_by:
        yield by_hand(ground, NAME)
        return
    if not ground.rules:
        yield Left(
            NAME,
            machine,
            Text(
                "規則を書き直すには、レジストリにある規則の全文が要ります。収集キットで見直すか、管理画面で相手を絞ってください",
                "to write a rule anew its whole text in the registry is needed: look at it with the kit again, or narrow it in the console",
            ),
        )
        return
    if not facts.complete(machine, "firewall_rules"):
        yield Left(NAME, machine, Text("規則の一部が見えませんでした", "part of the rules could not be seen"))
        return
    decided = decisions(ground)
    changed = [one for one in decided if one.outcome in CHANGED]
    if changed:
        yield _measure(facts, ground, decided, changed)
    yield from _left(machine, decided)


def by_hand(ground: Ground, kind: str) -> Measure:
    """Return what to do where another product rules the firewall: its console is the place, Windows' own settings would change nothing."""
    product = ground.managed_by
    seen = joined(found for one in ground.allowed.inbound for found in one.networks)
    listed = ", ".join(written(one) for one in seen[:_MOST]) or "-"
    return Measure(
        kind=kind,
        machine=ground.machine,
        what=Text(f"{product} のファイアウォールで、受信の相手を絞る", f"Narrow who may connect, in the firewall of {product}"),
        why=Text(
            f"この機器では {product} が通信を止めています。Windowsの設定を変えても効きません",
            f"On this machine {product} decides what comes in: changing Windows' own settings would do nothing",
        ),
        stops=Text(f"残す相手(見えたもの): {listed}", f"Peers seen, to be kept: {listed}"),
        menu=Menu(Text(f"{product} の管理画面で: 受信の規則", f"In the console of {product}: inbound rules")),
        notes=observed_notes(ground),
    )


def observed_notes(ground: Ground) -> tuple[Text, ...]:
    """Return how long the machine was watched, and what is in doubt."""
    return observed_notes_of(ground.allowed)


def observed_notes_of(flows: Allowed) -> tuple[Text, ...]:
    """Return how long a machine's traffic was watched, and what is in doubt."""
    one = flows.observed
    if one.since is None or one.until is None:
        watched = Text("通信を見ていた日はありません", "Its traffic was watched on no day")
    else:
        watched = Text(
            f"通信を見ていたのは {one.since:%Y-%m-%d} から {one.until:%Y-%m-%d} の間の {one.days} 日、機器自身を {one.looks} 回です。"
            "その間になかった通信(月次の処理など)は分かりません",
            f"Its traffic was watched on {one.days} days from {one.since:%Y-%m-%d} to {one.until:%Y-%m-%d}, the machine itself {one.looks} times; "
            "what did not happen then, such as monthly jobs, is not known",
        )
    return (watched, *flows.doubts)


def _measure(facts: Facts, ground: Ground, decided: Sequence[Decision], changed: Sequence[Decision]) -> Measure:
    halves = any(one.outcome == "inside" for one in changed)
    notes = [*(_line(one) for one in changed[:_MOST]), *observed_notes(ground)]
    if len(changed) > _MOST:
        notes.insert(_MOST, Text(f"ほか {len(changed) - _MOST} 件", f"and {len(changed) - _MOST} more"))
    if halves:
        notes.append(
            Text(
                "台帳のネットワークに絞るだけの規則があります。院内からはまだ通るので、通信を見てから次の段で相手まで絞ります",
                "Some rules are limited to the ledger's networks only: from inside they still let in, until the next step names the peers",
            )
        )
    if any(one.rule.place != "policy" for one in changed):
        notes.append(
            Text(
                "機器自身の規則は、apply.cmd では再起動のあとから効きます。firewall.ps1(PowerShell、Windows 8以降)ならすぐに効きます",
                "The machine's own rules count after a restart when apply.cmd writes them; with firewall.ps1 (PowerShell, Windows 8 or later) at once",
            )
        )
    if any(one.rule.place == "policy" for one in changed):
        notes.append(
            Text(
                "グループポリシーで配られた規則は、機器で変えても元に戻ります。そのポリシーの中で狭めてください"
                "(ドメインコントローラーで firewall.ps1 -Gpo ポリシーの名前)",
                "Rules that a group policy gives out come back on the machine: narrow them in that policy "
                "(firewall.ps1 -Gpo NAME, on a domain controller)",
            )
        )
    return Measure(
        kind=NAME,
        machine=ground.machine,
        what=Text(
            f"受信の規則 {len(changed)} 件の相手を、見えた通信と台帳の通信設計に絞る",
            f"Narrow {len(changed)} inbound rules to the peers that were seen or are designed",
        ),
        why=Text(
            "一台に入られても、開いていないポートへは広がれません。Windowsでは「ブロック」が「許可」に勝つので、止める規則を足すのではなく許可の規則を狭めます",
            "Who got into one machine cannot go on through a port that is closed to it. On Windows block beats allow, so the rules that allow "
            "are narrowed instead of adding ones that block",
        ),
        stops=_stops(ground, changed, halves=halves),
        menu=_MENU,
        changes=tuple(
            WindowsRule("policy" if one.rule.place == "policy" else "local", one.rule.name, one.text, one.rule.text) for one in changed
        ),
        promises=tuple(_promises(facts, ground, decided)),
        notes=tuple(notes),
        evidence=tuple(dict.fromkeys(line for one in changed for line in (one.rule.evidence, *_evidence(one.keeps)) if line)),
    )


def _line(one: Decision) -> Text:
    if one.outcome == "off":
        return Text(f"「{one.name}」: 無効にします(使った相手が見えません)", f'"{one.name}": switched off (nobody was seen using it)')
    rule = read_rule(one.text)
    found = sources(rule, ()) if rule is not None else None
    words = [written(each) for each in found or ()]
    listed = ", ".join(words[:_MOST]) + (" …" if len(words) > _MOST else "")
    return Text(f"「{one.name}」: {listed} だけに絞ります", f'"{one.name}": from {listed} only')


def _stops(ground: Ground, changed: Sequence[Decision], *, halves: bool) -> Text:
    unwanted = ground.allowed.unwanted
    parts_ja = ["見ていた間に使われた通信と、台帳にある通信は止まりません。それ以外からの新しい接続は止まります"]
    parts_en = ["What was used while it was watched, and what the ledger designs, goes on. New connections from others stop"]
    if halves:
        parts_ja.append("台帳にないネットワーク(書かれていない保守回線など)からは止まります")
        parts_en.append("From networks the ledger does not name, such as an unwritten maintenance line, it stops")
    if unwanted:
        told = "; ".join(told_flow(one) for one in unwanted[:_MOST])
        parts_ja.append(f"不要と決めたのに使われていたため止まるもの: {told}")
        parts_en.append(f"Stops although it was seen, because it was decided that it is not needed: {told}")
    return Text("。".join(parts_ja), ". ".join(parts_en))


def told_flow(one: FlowFact) -> str:
    """Return a flow in signs both languages read: peer, port, and when it was seen last."""
    peer = f"{one.asset} ({one.peer})" if one.asset and one.asset != one.peer else one.peer
    port = f"{one.protocol or '*'}/{one.port if one.port is not None else '*'}"
    return f"{peer} → {port}" + (f" [{one.last:%Y-%m-%d %H:%M}]" if one.last else "")


def _promises(facts: Facts, ground: Ground, decided: Sequence[Decision]) -> Iterator[Promise]:
    """A finding about a rule is gone when every rule of that name is switched off, or (but for a user's program) names its peers."""
    by_name: dict[str, list[Decision]] = defaultdict(list)
    for one in decided:
        by_name[one.name].append(one)
    for promise in facts.open(ground.machine, *_CHECKS):
        rules = by_name.get(promise.key.partition(" | ")[2], [])
        after = [rule for rule in (read_rule(one.text) for one in rules) if rule is not None and opens(rule)]
        mended = not after if promise.check == _CHECKS[2] else not any(_anybody(rule) for rule in after)
        if rules and mended and any(one.outcome in CHANGED for one in rules):
            yield promise


def _anybody(rule: Rule) -> bool:
    found = sources(rule, ())
    return found is not None and everything(4) in found


def _left(machine: Machine, decided: Sequence[Decision]) -> Iterator[Left]:
    by_reason: dict[Outcome, list[str]] = defaultdict(list)
    for one in decided:
        if one.outcome in _LEFT:
            by_reason[one.outcome].append(_named(one))
    for outcome, names in by_reason.items():
        listed = ", ".join(dict.fromkeys(names[:_MOST])) + (" …" if len(names) > _MOST else "")
        why = _LEFT[outcome]
        yield Left(NAME, machine, Text(f"{why.ja}: {listed}", f"{why.en}: {listed}"))


def _named(one: Decision) -> str:
    """A rule that stays, with whom it was seen to let in: so that a person can decide."""
    seen = [flow for flow in one.keeps if flow.last is not None] if one.outcome in ("watch", "moving", "used") else []
    return f"“{one.name}”" + (f" ({'; '.join(told_flow(flow) for flow in seen[:4])})" if seen else "")


def _evidence(flows: Iterable[FlowFact]) -> Iterator[str]:
    for one in flows:
        yield from one.evidence


KINDS = (
    Kind(
        name=NAME,
        title=Text("ファイアウォール: 受信の相手を絞る", "Firewall: only those who need it may connect"),
        system="windows",
        propose=propose,
        fixes=_CHECKS,
    ),
)
"""The measures of this module."""
