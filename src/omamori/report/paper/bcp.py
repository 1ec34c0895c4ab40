"""BCP skeleton: the five stages the ministry's confirmation table speaks of, filled with what the workbook knows."""

from __future__ import annotations

from omamori.model.declared import BACKUP_MEDIA, DeclaredBackup, Training
from omamori.model.text import Text
from omamori.report.paper.blocks import Block, Cell, Grid, Heading, Items, Paper, Para, filled, gap
from omamori.report.paper.contacts import calls
from omamori.report.paper.day_cuts import cut_words
from omamori.report.paper.declared import Declared
from omamori.report.paper.lines import who_grid
from omamori.report.paper.parts import cut
from omamori.report.paper.systems import ORDER, by_decision, left_out, recovery_grid, systems_of
from omamori.report.paper.words import OFFICER, YES_NO_WORDS

TITLE = Text("サイバー攻撃を想定した事業継続計画(BCP)骨子", "Business continuity plan for a cyber attack: skeleton")
_MEDIA = {value.code: value.label for value in BACKUP_MEDIA}
_MOST = 40


def bcp_paper(declared: Declared, about: tuple[Cell, ...]) -> Paper:
    """Return the plan's skeleton; what nobody answered yet is marked."""
    return Paper(
        "bcp",
        TITLE,
        about,
        (*_before(declared), *_notice(declared), *_first(declared), *_recover(declared), *_after(declared)),
    )


def _before(declared: Declared) -> tuple[Block, ...]:
    important = [system for system in systems_of(declared) if system.important]
    return (
        Heading(Text("平時: 備え", "Before: being prepared")),
        Heading(Text("体制", "Who"), 2),
        _people(declared),
        Heading(Text("止まると診療が止まるシステム", "Systems care depends on"), 2),
        Grid(
            (
                Text("システム", "System"),
                Text("止まると", "If it stops"),
                Text("代わりの手順(紙など)", "What is done instead"),
                Text("用紙の置き場所", "Where the forms are"),
            ),
            tuple(
                (system.purpose, system.effect, filled(cut(system.instead, 120), "代わりの手順", "procedure"), gap("置き場所", "place"))
                for system in important[:_MOST]
            )
            or ((gap("台帳の「止まると診療が止まるか」", "the ledger's column “care stops without it”"), "", "", ""),),
            (4, 5, 4, 3),
        ),
        *left_out(len(important) - _MOST),
        Heading(Text("バックアップ", "Backups"), 2),
        _copies(declared.backups[:_MOST]),
        *left_out(len(declared.backups) - _MOST),
        Heading(Text("教育・訓練", "Training and drills"), 2),
        Items(
            (
                *(_held(one) for one in declared.training[:_MOST] if one.held or not one.planned),
                (Text("次の訓練の予定: ", "Next drill: "), _next_drill(declared)),
            )
        ),
    )


def _people(declared: Declared) -> Grid:
    site = declared.site
    return Grid(
        (Text("役割", "Duty"), Text("氏名・役職", "Name, post")),
        (
            (OFFICER, filled(site.officer, "任命された人", "who is appointed")),
            (Text("統括(診療の継続を判断する人)", "Head (decides on care)"), gap("院長または代行者", "director or deputy")),
            (Text("医療情報担当", "IT staff"), filled(site.prepared_by, "担当者", "who")),
            (Text("代わりに対応できる人", "Who stands in"), _remark(declared, "second-person", "二人目の担当者", "a second person")),
            (Text("広報・患者への説明", "Public and patients"), gap("担当者", "who")),
        ),
        (4, 6),
    )


def _copies(backups: tuple[DeclaredBackup, ...]) -> Grid:
    rows: list[tuple[Cell, ...]] = [
        (
            backup.asset,
            backup.job,
            _MEDIA.get(backup.medium or "", gap("種類", "medium")),
            filled(backup.target, "保存先", "where"),
            filled(backup.every_days, "間隔", "interval"),
            filled(backup.generations, "世代数", "generations"),
            YES_NO_WORDS.get(backup.offline or "", gap("はい・いいえ", "yes or no")),
            filled(backup.last_offline, "日付", "day"),
            filled(backup.last_restore_test, "実施日", "day"),
        )
        for backup in backups
    ]
    return Grid(
        (
            Text("機器", "Machine"),
            Text("バックアップ", "Backup"),
            Text("種類", "Medium"),
            Text("保存先", "Kept on"),
            Text("間隔(日)", "Every (days)"),
            Text("世代", "Generations"),
            Text("切り離すか", "Cut off"),
            Text("最後に切り離した日", "Last cut off"),
            Text("最後の復元テスト", "Last restore test"),
        ),
        tuple(rows) or ((gap("台帳の「バックアップ」シート", "the sheet of backups"), *[""] * 8),),
        (4, 4, 4, 4, 3, 3, 3, 4, 4),
    )


def _next_drill(declared: Declared) -> Cell:
    planned = sorted((one.planned, one.title) for one in declared.training if one.planned and one.kind != "training")
    # A day that was kept since is past.
    kept = {one.title: one.held for one in declared.training if one.held}
    told = [f"{day.isoformat()} {title}" for day, title in planned if title not in kept or day > kept[title]]
    return "、".join(told[:4]) if told else gap("日付と内容", "day and contents")


def _held(one: Training) -> tuple[Cell, ...]:
    people = Text(f"({one.participants}人)", f" ({one.participants} people)") if one.participants else ""
    return (f"{one.held.isoformat() if one.held else '–'} {one.title}", people)


def _notice(declared: Declared) -> tuple[Block, ...]:
    return (
        Heading(Text("検知: 気づいたとき", "Noticing")),
        Items(
            (
                (
                    Text(
                        "次のどれかに気づいたら、自分で調べずにすぐ連絡します: 画面に身に覚えのない文面、ファイルが開けない・名前が変わった、"
                        "対策ソフトの警告や停止、理由の分からない再起動、機器が急に遅い。",
                        "Whoever notices one of these calls at once and does not look into it alone: a strange message on the screen, files that "
                        "cannot be opened or have new names, protection that warns or stops, restarts without a reason, machines that are suddenly slow.",
                    ),
                ),
                (
                    Text("対策ソフトの警告を毎日見る人: ", "Who looks at the alerts every day: "),
                    _remark(declared, "alerts-looked-at", "当番", "who, in turns"),
                ),
                (
                    Text("外部接続の記録を確かめる人と頻度: ", "Who reviews the logs of outside lines, how often: "),
                    _remark(declared, "line-logs-reviewed", "担当と頻度", "who, how often"),
                ),
                (
                    Text(
                        "連絡は次の図のとおり。医療情報担当が受け、安全管理責任者と院長へ上げます。",
                        "Calls go as in the diagram: IT staff take them and tell the responsible officer and the director.",
                    ),
                ),
            ),
            numbered=True,
        ),
        calls(declared),
    )


def _first(declared: Declared) -> tuple[Block, ...]:
    return (
        Heading(Text("初動: 最初の1時間", "The first hour")),
        Heading(Text("誰の判断で切るか", "Who may cut"), 2),
        Para(
            (
                Text("ネットワークを切ってよい人(夜間・休日も): ", "Who may cut the network, nights and holidays included: "),
                _remark(declared, "who-may-cut", "判断する人と代行者", "who decides, and the deputy"),
            )
        ),
        Heading(Text("切る順番", "Order of cutting"), 2),
        Items(
            (
                (
                    Text(
                        "バックアップのネットワークを切り離します(最後の控えを守る): ",
                        "Cut the backup network first (it saves the last copy): ",
                    ),
                    _backups(declared),
                ),
                (Text("外部の回線を切ります(下の表): ", "Cut the outside lines (table below): "), _cables(declared)),
                (Text("区画(ゾーン)の境目を切ります: ", "Cut the borders between zones: "), _zones(declared)),
                (
                    Text(
                        "広がった機器のLANケーブルを抜きます。電源は切らず、初期化もしません(証拠が消えます)。",
                        "Pull the LAN cable of machines that are hit. Leave the power on and do not wipe them: evidence would be lost.",
                    ),
                ),
            ),
            numbered=True,
        ),
        who_grid(declared.lines[:_MOST]),
        *_go_on(declared),
    )


def _go_on(declared: Declared) -> tuple[Block, ...]:
    return (
        Heading(Text("続けること・止めること", "What goes on and what stops"), 2),
        Items(
            (
                (
                    Text(
                        "経営層へ報告し、使用中止と紙での診療への切替えを決めます。決める人: ",
                        "Management is told and decides to stop systems and go to paper. Who decides: ",
                    ),
                    gap("院長または代行者", "director or deputy"),
                ),
                (Text("院内へ知らせる方法(放送・電話・貼り紙): ", "How the staff is told: "), gap("方法", "how")),
                (Text("紙の用紙の用意: ", "Paper forms: "), _remark(declared, "paper-charts-ready", "置き場所と枚数", "place and number")),
                (
                    Text(
                        "記録: 気づいた時刻、画面の写真、した作業、連絡した相手を書き残します。記録係: ",
                        "Record: when it was noticed, photographs of screens, what was done, who was called. Who writes: ",
                    ),
                    gap("記録係", "who"),
                ),
                (
                    Text(
                        "外部への報告(厚生労働省、都道府県、警察、個人情報保護委員会)は連絡体制図のとおり。期限: ",
                        "Reports to ministry, prefecture, police and privacy commission as in the diagram. Time limits: ",
                    ),
                    gap("担当者が確かめて書く", "to be confirmed"),
                ),
            )
        ),
    )


def _recover(declared: Declared) -> tuple[Block, ...]:
    systems = by_decision(systems_of(declared))
    return (
        Heading(Text("復旧", "Recovery")),
        Items(
            (
                (
                    Text(
                        "復旧の計画を立てます。入られた口と使われたIDが塞がるまで、元のネットワークへ戻しません。",
                        "Plan first. Nothing goes back to the network before the way in is closed and the stolen accounts are changed.",
                    ),
                ),
                (
                    Text(
                        "入られる前のバックアップを、切り離した場所で確かめてから戻します。",
                        "Copies from before the attack are tried in a separate place, then restored.",
                    ),
                ),
                (Text("すべての管理者とVPNのパスワードを変えます。", "All passwords of administrators and VPN users are changed."),),
                (
                    Text(
                        "一つ戻すごとに診療部門が動きを確かめ、記録します。確認する人: ",
                        "The department checks each system that comes back. Who checks: ",
                    ),
                    gap("システムごとの確認者", "who, for each system"),
                ),
            ),
            numbered=True,
        ),
        Heading(Text("復旧の順番", "Order of recovery"), 2),
        Para((ORDER,)),
        recovery_grid(systems[:_MOST]),
        *left_out(len(systems) - _MOST),
    )


def _after(declared: Declared) -> tuple[Block, ...]:
    return (
        Heading(Text("事後", "Afterwards")),
        Items(
            (
                (
                    Text("経過と被害を報告にまとめます。まとめる人: ", "A report of what happened. Who writes it: "),
                    gap("報告の担当", "who"),
                ),
                (
                    Text(
                        "同じことが起きない対策を決め、職員に知らせ、実施します。期限: ",
                        "What keeps it from happening again is decided, told and done. By when: ",
                    ),
                    gap("期限と責任者", "day and who"),
                ),
                (Text("事業者に指示し、実施の報告を受けます: ", "Vendors are told, and report back: "), _vendors(declared)),
                (Text("厚生労働省・都道府県・警察などへ最終の報告をします。", "Final reports go to ministry, prefecture and police."),),
                (Text("この計画を見直し、訓練します。見直した日: ", "This plan is revised and drilled. Revised on: "), gap("日付", "day")),
            )
        ),
    )


def _remark(declared: Declared, question: str, ja: str, en: str) -> Cell:
    """Return what was remarked on a question that was answered with yes; else the gap."""
    row = declared.answer(question)
    return row.remark if row is not None and row.answer == "yes" and row.remark else gap(ja, en)


def _backups(declared: Declared) -> Cell:
    told = cut_words(declared, "backup")
    if told:
        return told
    targets = sorted(
        {backup.target for backup in declared.backups if backup.target and backup.offline != "yes" and backup.medium != "same-server"}
    )
    return "、".join(targets[:6]) if targets else gap("抜くケーブルの場所と札の色", "which cable, and its colour")


def _cables(declared: Declared) -> Cell:
    told = cut_words(declared, "line")
    if told:
        return told
    devices = sorted({line.device for line in declared.lines if line.device})
    return "、".join(devices[:8]) if devices else gap("抜くケーブルの場所と札の色", "which cable, and its colour")


def _zones(declared: Declared) -> Cell:
    told = cut_words(declared, "border")
    if told:
        return told
    names = [zone.zone for zone in declared.zones]
    return "、".join(names[:8]) if names else gap("台帳の「ゾーン」シート", "the sheet of zones")


def _vendors(declared: Declared) -> Cell:
    names = sorted({machine.vendor for machine in declared.machines if machine.important == "yes" and machine.vendor})
    return "、".join(names[:8]) if names else gap("事業者", "vendors")
