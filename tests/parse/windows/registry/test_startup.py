"""What starts by itself when somebody logs in."""

from __future__ import annotations

from omamori.parse.windows.registry.startup import read_startup
from omamori.parse.windows.registry.tree import Tree

WINDOWS = "Microsoft\\Windows\\CurrentVersion"
RUN, ONCE = f"SOFTWARE\\{WINDOWS}\\Run", f"SOFTWARE\\{WINDOWS}\\RunOnce"
RUN_32, ONCE_32 = (key.replace("SOFTWARE", "SOFTWARE\\WOW6432Node") for key in (RUN, ONCE))
POLICIES = f"SOFTWARE\\{WINDOWS}\\Policies"
SID = "S-1-5-21-1-2-3-1105"


def test_entries_of_everybody_and_of_people(tree) -> None:
    part = read_startup(
        tree(
            f'{RUN}\n"Viewer"="\\"C:\\\\Program Files\\\\V\\\\v.exe\\" -q"\n"Empty"=""',
            ONCE,
            f'{RUN_32}\n"Old"="C:\\\\Users\\\\Public\\\\o.exe"',
            ONCE_32,
            f"{POLICIES}\n",
            f'{POLICIES}\\Explorer\\Run\n"1"="C:\\\\x.exe"',
            f"HKEY_USERS\\{SID}\\Software\\{WINDOWS}\\RunOnce",
            f'HKEY_USERS\\{SID}\\Software\\{WINDOWS}\\Run\n"OneDrive"="C:\\\\Users\\\\a\\\\o.exe"',
            f'HKEY_USERS\\S-1-5-18\\Software\\{WINDOWS}\\Run\n"System"="C:\\\\s.exe"',
        )
    )
    assert [(row.name, row.command, row.account) for row in part.rows] == [
        ("Viewer", '"C:\\Program Files\\V\\v.exe" -q', None),
        ("Old", "C:\\Users\\Public\\o.exe", None),
        ("1", "C:\\x.exe", None),
        ("OneDrive", "C:\\Users\\a\\o.exe", SID),
    ]
    assert part.looks[0].complete and part.rows[1].location == RUN_32.replace("SOFTWARE", "hklm\\SOFTWARE").lower()


def test_a_key_that_was_not_asked_for_leaves_it_open(tree) -> None:
    own = (f"HKEY_USERS\\{SID}\\Software\\{WINDOWS}\\Run", f"HKEY_USERS\\{SID}\\Software\\{WINDOWS}\\RunOnce")
    assert not read_startup(tree(RUN, ONCE, RUN_32, ONCE_32, *own)).looks[0].complete
    assert read_startup(tree(RUN, ONCE, RUN_32, ONCE_32, POLICIES, *own)).looks[0].complete
    assert read_startup(tree(POLICIES)).looks == []


def test_keys_that_are_not_there(tree, query) -> None:
    absent = "エラー: 指定されたレジストリ キーまたは値が見つかりませんでした。\n"
    shown = [query(absent, f'reg query "HKLM\\{key}"') for key in (ONCE, RUN_32, ONCE_32, f"{POLICIES}\\Explorer\\Run")]
    run = query(f"HKEY_LOCAL_MACHINE\\{RUN}\n    Viewer    REG_EXPAND_SZ    %ProgramFiles%\\v.exe\n", f'reg query "HKLM\\{RUN}"')
    shown += [query(absent, f'reg query "HKU\\{SID}\\Software\\{WINDOWS}\\{name}"') for name in ("Run", "RunOnce")]
    desktop = query(f"HKEY_USERS\\{SID}\\Control Panel\\Desktop\n    x    REG_SZ    1\n", f'reg query "HKU\\{SID}\\Control Panel\\Desktop"')
    part = read_startup(Tree([run, *shown, desktop]))
    assert [row.command for row in part.rows] == ["%ProgramFiles%\\v.exe"] and part.looks[0].complete


def test_people_whose_keys_were_not_shown_leave_it_open(tree, query) -> None:
    machine = (RUN, ONCE, RUN_32, ONCE_32, POLICIES)

    def own(top: str, *names: str) -> list[str]:
        return [f"{top}\\Software\\{WINDOWS}\\{name}" for name in names]

    def whole(*blocks: str) -> bool:
        return read_startup(tree(*machine, *blocks)).looks[0].complete

    somebody, other, cloud = (f"HKEY_USERS\\{sid}" for sid in (SID, SID + "6", "S-1-12-1-1111111111-2222222222-3-4"))
    assert not whole()
    assert whole(*own(somebody, "Run", "RunOnce"))
    assert not whole(*own(somebody, "Run"))
    assert not whole(*own(somebody, "Run", "RunOnce"), *own(other, "RunOnce"))
    assert not whole(*own(somebody, "Run", "RunOnce"), *own(cloud, "Run"))
    assert whole(*own(cloud, "Run", "RunOnce"), *own("HKEY_CURRENT_USER", "Run", "RunOnce"))
    assert not whole(*own("HKEY_CURRENT_USER", "Run", "RunOnce"))


def test_a_person_whose_keys_were_refused_leaves_it_open(query) -> None:
    keys = [f"HKLM\\{key}" for key in (RUN, ONCE, RUN_32, ONCE_32, f"{POLICIES}\\Explorer\\Run")]
    keys += [f"HKU\\{SID}\\Software\\{WINDOWS}\\{name}" for name in ("Run", "RunOnce")]
    shown = [
        query(
            f"{key.replace('HKLM', 'HKEY_LOCAL_MACHINE').replace('HKU', 'HKEY_USERS')}\n    x    REG_SZ    C:\\x.exe\n",
            f'reg query "{key}"',
        )
        for key in keys
    ]
    assert read_startup(Tree(shown)).looks[0].complete
    refused = query("ERROR: Access is denied.\n", f'reg query "HKU\\{SID}6\\Software\\{WINDOWS}\\Run"')
    look = read_startup(Tree([*shown, refused])).looks[0]
    assert not look.complete and look.reason == "needs_administrator"
    elsewhere = query("ERROR: Access is denied.\n", 'reg query "HKLM\\SOFTWARE\\Microsoft\\Windows Defender"')
    assert read_startup(Tree([*shown, elsewhere])).looks[0].complete


def test_a_password_given_to_a_program_is_not_told(tree) -> None:
    rows = read_startup(tree(f'{RUN}\n"sync"="C:\\\\tools\\\\x.exe -u admin -p Secr3t99!"\n"web"="C:\\\\w.exe -p 8080"')).rows
    assert [row.command for row in rows] == ["C:\\tools\\x.exe -u admin -p [secret: password, set]", "C:\\w.exe -p 8080"]
