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
    assert not read_startup(tree(RUN, ONCE, RUN_32, ONCE_32)).looks[0].complete
    assert read_startup(tree(RUN, ONCE, RUN_32, ONCE_32, POLICIES)).looks[0].complete
    assert read_startup(tree(POLICIES)).looks == []


def test_keys_that_are_not_there(tree, query) -> None:
    absent = "エラー: 指定されたレジストリ キーまたは値が見つかりませんでした。\n"
    shown = [query(absent, f'reg query "HKLM\\{key}"') for key in (ONCE, RUN_32, ONCE_32, f"{POLICIES}\\Explorer\\Run")]
    run = query(f"HKEY_LOCAL_MACHINE\\{RUN}\n    Viewer    REG_EXPAND_SZ    %ProgramFiles%\\v.exe\n", f'reg query "HKLM\\{RUN}"')
    part = read_startup(Tree([run, *shown]))
    assert [row.command for row in part.rows] == ["%ProgramFiles%\\v.exe"] and part.looks[0].complete
