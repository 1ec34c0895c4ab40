"""What Office programs do with macros, person by person."""

from __future__ import annotations

from omamori.parse.windows.registry.macros import read_macros
from omamori.parse.windows.registry.tree import Tree

SID = "S-1-5-21-1-2-3-1105"
TOP = f"HKEY_USERS\\{SID}\\Software"
POLICY, OWN = f"{TOP}\\Policies\\Microsoft\\Office", f"{TOP}\\Microsoft\\Office"
ABSENT = "ERROR: The system was unable to find the specified registry key or value.\n"


def test_a_policy_goes_before_what_the_person_chose(query) -> None:
    policy = query(
        f"{POLICY}\\16.0\\word\\security\n    vbawarnings    REG_DWORD    0x3\n    blockcontentexecutionfrominternet    REG_DWORD    0x1\n\n"
        f"{POLICY}\\16.0\\common\\security\n    x    REG_DWORD    0x1\n",
        f'reg query "HKU\\{SID}\\Software\\Policies\\Microsoft\\Office" /s',
    )
    own = query(
        f"{OWN}\\16.0\\Word\\Security\n    VBAWarnings    REG_DWORD    0x1\n\n{OWN}\\16.0\\Excel\\Security\n    VBAWarnings    REG_DWORD    0x1\n\n"
        "End of search: 2 match(es) found.\n",
        f'reg query "HKU\\{SID}\\Software\\Microsoft\\Office" /s /v VBAWarnings',
    )
    part = read_macros(Tree([policy, own]))
    rows = {row.application: (row.version, row.macros, row.internet_blocked, row.by_policy) for row in part.rows}
    assert rows == {"word": ("16.0", "signed", True, True), "excel": ("16.0", "run", None, False)}
    assert {row.account for row in part.rows} == {SID}
    assert part.looks[0].complete and not part.looks[0].missing
    cut = read_macros(Tree([policy]))
    assert cut.looks[0].complete and cut.looks[0].missing == ("macros",)


def test_nothing_set_is_an_answer_only_where_all_was_asked(query) -> None:
    policy = query(ABSENT, f'reg query "HKU\\{SID}\\Software\\Policies\\Microsoft\\Office" /s')
    own = query(ABSENT, f'reg query "HKU\\{SID}\\Software\\Microsoft\\Office" /s /v VBAWarnings')
    desktop = query(f"HKEY_USERS\\{SID}\\Control Panel\\Desktop\n    x    REG_SZ    1\n", f'reg query "HKU\\{SID}\\Control Panel\\Desktop"')
    whole = read_macros(Tree([policy, own, desktop]))
    assert whole.rows == [] and whole.looks[0].complete and not whole.looks[0].missing
    assert read_macros(Tree([policy, own])).looks == []
    assert read_macros(Tree([own, desktop])).looks == []


def test_two_people_of_whom_one_was_not_asked(query) -> None:
    policy = query(ABSENT, f'reg query "HKU\\{SID}\\Software\\Policies\\Microsoft\\Office" /s')
    people = [
        query(f"HKEY_USERS\\{sid}\\Control Panel\\Desktop\n    x    REG_SZ    1\n", f'reg query "HKU\\{sid}\\Control Panel\\Desktop"')
        for sid in (SID, SID + "6")
    ]
    assert not read_macros(Tree([policy, *people])).looks[0].complete


def test_one_person_does_not_speak_for_others(query) -> None:
    mine = query(
        f"{POLICY}\\16.0\\word\\security\n    vbawarnings    REG_DWORD    0x3\n",
        f'reg query "HKU\\{SID}\\Software\\Policies\\Microsoft\\Office" /s',
    )
    refused = query("ERROR: Access is denied.\n", f'reg query "HKU\\{SID}6\\Software\\Policies\\Microsoft\\Office" /s')
    assert read_macros(Tree([mine])).looks[0].complete
    assert not read_macros(Tree([mine, refused])).looks[0].complete
    key = r"HKEY_CURRENT_USER\Software\Policies\Microsoft\Office"
    asker = query(
        f"{key}\\16.0\\word\\security\n    vbawarnings    REG_DWORD    0x3\n", r'reg query "HKCU\Software\Policies\Microsoft\Office" /s'
    )
    alone = read_macros(Tree([asker]))
    assert len(alone.rows) == 1 and not alone.looks[0].complete


def test_a_search_that_was_cut_or_asked_for_a_part_tells_nothing_of_the_rest(query) -> None:
    text = f"{OWN}\\16.0\\Excel\\Security\n    VBAWarnings    REG_DWORD    0x1\n\nEnd of search: 1 match(es) found.\n"
    command = f'reg query "HKU\\{SID}\\Software\\Microsoft\\Office" /s /v VBAWarnings'
    key = f"HKU\\{SID}\\Software\\Microsoft\\Office"
    assert Tree([query(text, command)]).searched(key, "VBAWarnings")
    assert not Tree([query(text, command)]).searched(key, "Other")
    assert not Tree([query(text, command, cut=True)]).searched(key, "VBAWarnings")
    assert not Tree([query(text, command.replace(" /s", ""))]).searched(key, "VBAWarnings")
    assert not Tree([query(text, command + " /t REG_SZ")]).searched(key, "VBAWarnings")
