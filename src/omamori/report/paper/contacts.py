"""連絡体制図: who calls whom when something is wrong, from the workbook's contacts, vendors and officer."""

from __future__ import annotations

from omamori.model.declared import Contact
from omamori.model.text import Text
from omamori.report.paper.blocks import Block, Calls, Cell, Gap, Grid, Heading, Items, Paper, Para, Station, filled, gap
from omamori.report.paper.declared import Declared
from omamori.report.paper.words import OFFICER, YES_NO_WORDS

TITLE = Text("サイバー攻撃時の連絡体制図", "Whom to call in a cyber attack")
_POLICE = ("警察", "police", "サイバー犯罪")
_AUTHORITY = (
    "厚生労働省",
    "厚労省",
    "医政局",
    "保健所",
    "都道府県",
    "県庁",
    "個人情報保護委員会",
    "ministry",
    "authority",
    "prefecture",
    "health centre",
    "privacy",
)
_HELP = ("保険", "弁護士", "専門", "ipa", "jpcert", "insurance", "lawyer", "医師会", "association")
_INSIDE = (
    "院長",
    "事務長",
    "当直",
    "責任者",
    "情報",
    "システム係",
    "看護",
    "director",
    "administrator",
    "duty",
    "officer",
    "it desk",
    "nursing",
)
_PHONE = ("電話番号", "telephone")


def contacts_paper(declared: Declared, about: tuple[Cell, ...]) -> Paper:
    """Return the paper: the diagram on page one, then the list with numbers and when they were checked."""
    return Paper("contacts", TITLE, about, (calls(declared), *_lists(declared)), wide=False)


def calls(declared: Declared) -> Calls:
    """Return the diagram: from whoever notices to the director, and from there outside."""
    held: dict[str, list[Contact]] = {"inside": [], "vendor": [], "police": [], "authority": [], "help": []}
    for contact in declared.contacts:
        held[_kind(contact)].append(contact)
    site = declared.site
    inside = {_post(contact): contact for contact in held["inside"]}
    chain = [
        Station(
            Text("気づいた人", "Whoever notices"),
            Text("全職員", "all staff"),
            Text("電源は切らず、LANケーブルを抜いて連絡", "leave the power on, pull the LAN cable, call"),
        ),
        _known(inside, "it", Text("医療情報担当", "IT staff"), site.prepared_by),
        _known(inside, "officer", OFFICER, site.officer),
        _known(inside, "director", Text("院長(診療の継続と対外報告の判断)", "Director (decides on care and reports)"), None),
    ]
    chain += [_station(contact) for post, contact in inside.items() if post not in ("it", "officer", "director")]
    vendors = [
        Station(vendor.vendor, filled(vendor.contact, "担当者", "contact"), filled(vendor.phone, *_PHONE)) for vendor in declared.vendors
    ]
    known = {vendor.vendor for vendor in declared.vendors}
    vendors += [_station(contact) for contact in held["vendor"] if contact.name not in known]
    return Calls(
        tuple(chain),
        (
            (Text("事業者(保守・回線)", "Vendors (maintenance, lines)"), tuple(vendors) or (_empty(Text("事業者", "vendor")),)),
            (
                Text("警察(サイバー犯罪相談窓口)", "Police (cyber crime desk)"),
                _stations(held["police"], Text("都道府県警察", "prefectural police")),
            ),
            (
                Text("厚生労働省・都道府県・個人情報保護委員会", "Ministry, prefecture, privacy commission"),
                _stations(held["authority"], Text("厚生労働省 医政局", "Ministry of Health, Labour and Welfare")),
            ),
            (Text("そのほかの相談先", "Others to ask"), _stations(held["help"], Text("保険・専門家など", "insurance, experts …"))),
        ),
    )


def _lists(declared: Declared) -> tuple[Block, ...]:
    rows: list[tuple[Cell, ...]] = [
        (
            contact.duty,
            filled(contact.name, "氏名・部署", "name"),
            filled(contact.phone, *_PHONE),
            YES_NO_WORDS.get(contact.on_paper or "", gap("紙の有無", "on paper?")),
            filled(contact.checked, "確認日", "checked on"),
        )
        for contact in declared.contacts
    ]
    if not rows:
        rows = [(gap("台帳の「連絡先」シート", "the sheet of contacts"), "", "", "", "")]
    decided = declared.answer("who-may-cut")
    return (
        Heading(Text("連絡先の一覧", "The contacts")),
        Grid(
            (
                Text("役割", "Duty"),
                Text("氏名・部署", "Name"),
                Text("電話(夜間・休日も)", "Telephone"),
                Text("紙で保管", "On paper"),
                Text("確認日", "Checked on"),
            ),
            tuple(rows),
            (5, 5, 4, 2, 3),
        ),
        Heading(Text("連絡の決まり", "Rules")),
        Items(
            (
                (
                    Text("夜間・休日に、ネットワークを切る判断をする人: ", "Who may cut the network at night and on holidays: "),
                    _remark(decided, "判断する人", "who decides"),
                ),
                (
                    Text("報告の期限(個人情報の漏えいのおそれがあるとき): ", "When a possible leak has to be reported: "),
                    gap("報告先と期限(担当者が確かめて書く)", "office and time limit, to be confirmed"),
                ),
                (
                    Text("連絡した時刻・相手・内容を記録する人: ", "Who writes down calls, times and what was said: "),
                    gap("記録係", "who keeps the record"),
                ),
                (
                    Text("この図を貼る場所: ", "Where this is posted: "),
                    gap("当直室・受付・サーバ室など", "duty room, reception, server room …"),
                ),
            )
        ),
        Para(
            (
                Text(
                    "この紙は印刷して置いてください。止まったシステムの中の連絡先は見られません。",
                    "Print this paper: contacts stored in a stopped system cannot be read.",
                ),
            ),
            quiet=True,
        ),
    )


def _remark(answer: object, ja: str, en: str) -> Cell:
    remark = getattr(answer, "remark", None)
    return remark if remark and getattr(answer, "answer", None) == "yes" else gap(ja, en)


def _kind(contact: Contact) -> str:
    said = f"{contact.duty} {contact.name or ''}".lower()
    for kind, words in (("police", _POLICE), ("authority", _AUTHORITY), ("help", _HELP)):
        if any(word in said for word in words):
            return kind
    if any(word in contact.duty.lower() for word in ("業者", "ベンダ", "保守", "vendor", "maintenance", "回線")):
        return "vendor"
    return "inside" if any(word in said for word in _INSIDE) else "help"


def _post(contact: Contact) -> str:
    duty = contact.duty.lower()
    if "安全管理責任者" in duty or "responsible officer" in duty:
        return "officer"
    if "院長" in duty or duty.startswith("director"):
        return "director"
    if "情報" in duty or "システム" in duty or "it desk" in duty or "it staff" in duty:
        return "it"
    return contact.duty


def _known(inside: dict[str, Contact], post: str, duty: Text, name: str | None) -> Station:
    contact = inside.get(post)
    named: Cell = filled((contact.name if contact else None) or name, "氏名", "name")
    return Station(duty, named, filled(contact.phone if contact else None, *_PHONE))


def _station(contact: Contact) -> Station:
    return Station(contact.duty, filled(contact.name, "氏名・部署", "name"), filled(contact.phone, *_PHONE))


def _stations(contacts: list[Contact], what: Text) -> tuple[Station, ...]:
    return tuple(_station(contact) for contact in contacts) or (_empty(what),)


def _empty(what: Text) -> Station:
    return Station(what, Gap(Text("窓口", "office")), Gap(Text(*_PHONE)))
