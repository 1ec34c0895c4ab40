"""What Defender is told not to look at."""

from __future__ import annotations

from omamori.parse.windows.registry.exclusions import read_exclusions
from omamori.parse.windows.registry.tree import Tree

LOCAL = "SOFTWARE\\Microsoft\\Windows Defender\\Exclusions"
POLICY = "SOFTWARE\\Policies\\Microsoft\\Windows Defender"


def test_paths_extensions_and_programs_of_both_places(tree) -> None:
    part = read_exclusions(
        tree(
            LOCAL,
            f'{LOCAL}\\Extensions\n".exe"=dword:00000000',
            f'{LOCAL}\\IpAddresses\n"10.1.0.5"=dword:00000000',
            f'{LOCAL}\\Paths\n"C:\\\\"=dword:00000000',
            f'{LOCAL}\\Processes\n"powershell.exe"=dword:00000000',
            f"{LOCAL}\\TemporaryPaths",
            f"{POLICY}\n",
            f'{POLICY}\\Exclusions\n"Exclusions_Paths"=dword:00000001',
            f'{POLICY}\\Exclusions\\Paths\n"D:\\\\PACS"="0"',
        )
    )
    assert [(row.kind, row.value, row.origin) for row in part.rows] == [
        ("path", "D:\\PACS", "policy"),
        ("path", "C:\\", "local"),
        ("extension", ".exe", "local"),
        ("process", "powershell.exe", "local"),
        ("address", "10.1.0.5", "local"),
    ]
    assert part.looks[0].complete and all(row.evidence != "0" for row in part.rows)


def test_one_place_alone_is_not_the_whole(tree) -> None:
    part = read_exclusions(tree(LOCAL, f'{LOCAL}\\Paths\n"C:\\\\x"=dword:00000000'))
    assert len(part.rows) == 1 and not part.looks[0].complete
    assert read_exclusions(tree("SOFTWARE\\Policies", LOCAL)).looks[0].complete
    assert read_exclusions(tree("SOFTWARE\\Other")).looks == []


def test_no_defender_at_all_is_an_answer(query) -> None:
    absent = "ERROR: The system was unable to find the specified registry key or value.\n"
    shown = [query(absent, f'reg query "HKLM\\{key}" /s') for key in ("SOFTWARE\\Microsoft\\Windows Defender", POLICY)]
    part = read_exclusions(Tree(shown))
    assert part.rows == [] and part.looks[0].complete
