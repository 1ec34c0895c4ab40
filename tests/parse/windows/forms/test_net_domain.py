"""What a domain controller answers is told apart from what stands like it."""

from __future__ import annotations

from omamori.parse.windows.session import read_session

RULE = "-" * 79


def forms_of(text: str) -> list[str]:
    return [piece.form for piece in read_session(text.encode()).pieces]


def test_a_table_of_groups_of_another_command_is_not_the_domains() -> None:
    whoami = "グループ名                             種類               SID\n====================================== ===== =====\n"
    assert "net_domain" not in forms_of(whoami + "Everyone   x   S-1-1-0\n")


def test_groups_of_a_controller_are_the_domains() -> None:
    end = "The command completed successfully.\n"
    listed = f"Group Accounts for \\\\AD01\n\n{RULE}\n*Domain Admins\n*Domain Users\n{end}"
    one = f"Group name     Domain Admins\nComment        x\n\nMembers\n\n{RULE}\nAdministrator            sato\n{end}"
    assert forms_of(listed) == forms_of(one) == ["net_domain"]
