"""Registry outputs of one visit: stored, redacted, read together."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from omamori.parse.interface import Context
from omamori.parse.redact import redact_for
from omamori.parse.registry import parsers
from omamori.parse.windows.commands import parse
from omamori.parse.windows.session import read_session
from omamori.parse.windows.store import KIND, Origin, read_pieces, write_pieces

DATA = Path(__file__).parent / "data"
NOW = datetime(2026, 6, 1, 9)
CONTEXT = Context(kind=KIND, seen=NOW, received=NOW)


def sample(name: str) -> bytes:
    """A sample as Windows writes it: UTF-16 with its mark."""
    return (DATA / name).read_text(encoding="utf-8").replace("\n", "\r\n").encode("utf-16")


def stored(*files: bytes) -> bytes:
    pieces = [(piece, Origin("x", session.encoding)) for session in map(read_session, files) for piece in session.pieces]
    return redact_for(parsers()[KIND], write_pieces(pieces)).data


def rows(data: bytes, kind: str) -> list[object]:
    return [row for row in parse(data, CONTEXT).rows if type(row).__name__ == kind]


def test_a_policy_in_one_file_decides_over_the_setting_in_another() -> None:
    files = [sample(f"reg_export/{name}_ja.txt") for name in ("policies", "firewall", "smb_server")] + [sample("reg_query/server_en.txt")]
    found = parse(stored(*files), CONTEXT)
    looks = {look.table: look for look in found.looks}
    setting = rows(stored(*files), "WindowsSetting")[0]
    # The local value is 0 (on); the policy says 1 (off).
    assert setting.rdp_enabled is False and setting.rdp_nla is False and "rdp_nla" not in looks["windows_settings"].missing
    profiles = {row.profile: row for row in rows(stored(*files), "FirewallProfile")}
    assert (profiles["domain"].enabled, profiles["private"].inbound_default, profiles["public"].enabled) == (True, "accept", True)
    assert looks["firewall_profiles"].complete and looks["firewall_profiles"].missing == () and looks["firewall_rules"].complete
    # The policy closes the domain profile for local rules.
    domain = [row for row in rows(stored(*files), "FirewallRule") if row.profile == "domain"]
    assert [(row.port_first, row.sources) for row in domain] == [(3389, "10.1.9.0/24")]
    assert len(rows(stored(*files), "WindowsSetting")) == 1


def test_the_end_of_an_export_survives_storing() -> None:
    data = stored(sample("reg_export/uninstall_64_ja.txt"))
    piece = next(iter(read_pieces(data)))
    assert piece.lines[-1].text.strip() == "" and piece.lines[-2].text.strip() != ""
    assert [problem.expected for problem in parse(data, CONTEXT).problems] == []
    half = stored(sample("reg_export/half_en.txt"))
    assert len(parse(half, CONTEXT).problems) == 1


def test_secrets_are_not_stored() -> None:
    text = (
        "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\Services\\SNMP\\Parameters\\ValidCommunities]\r\n"
        '"w0rd"=dword:00000008\r\n"public"=dword:00000004\r\n\r\n'
    )
    data = stored(text.encode("utf-16"))
    assert b"w0rd" not in data and b"public" not in data
    assert sorted((row.name, row.value) for row in rows(data, "ServerSetting")) == [
        ("rocommunity", "[secret: community, default]"),
        ("rwcommunity", "[secret: community, set]"),
    ]


def test_the_accounts_are_refused() -> None:
    text = (
        "Windows Registry Editor Version 5.00\r\n\r\n[HKEY_LOCAL_MACHINE\\SAM\\SAM\\Domains\\Account\\Users\\000001F4]\r\n"
        '"F"=hex:03,00,\\\r\n  de,ad\r\n"V"=hex:be,ef\r\n\r\n[HKEY_LOCAL_MACHINE\\SECURITY\\Policy\\Secrets\\DefaultPassword\\CurrVal]\r\n@=hex(0):c0,de\r\n\r\n'
    )
    data = stored(text.encode("utf-16"))
    assert not any(word in data for word in (b"de,ad", b"be,ef", b"c0,de", b"000001F4", b"Secrets"))
    assert [type(row).__name__ for row in parse(data, CONTEXT).rows] == ["Host"]


def test_the_finer_build_wins_over_systeminfo() -> None:
    info = (DATA / "systeminfo" / "server_ja.txt").read_text(encoding="utf-8").replace("\n", "\r\n").encode()
    before = rows(stored(info), "Host")[0].os_build
    version = (
        'C:\\>reg query "HKLM\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion"\r\n\r\nHKEY_LOCAL_MACHINE\\SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion\r\n'
        f"    ProductName    REG_SZ    Windows Server 2019 Standard\r\n    CurrentBuild    REG_SZ    {before.rsplit('.', 1)[1]}\r\n"
        "    CurrentMajorVersionNumber    REG_DWORD    0xa\r\n    CurrentMinorVersionNumber    REG_DWORD    0x0\r\n    UBR    REG_DWORD    0x10\r\n\r\nC:\\>"
    )
    assert rows(stored(info, version.encode()), "Host")[0].os_build == f"{before}.16"


def test_several_commands_of_one_console_are_one_visit() -> None:
    session = read_session(sample("reg_query/client_ja.txt"))
    assert [piece.form for piece in session.pieces] == ["ver"] + ["reg_query"] * 5
    setting = rows(stored(sample("reg_query/client_ja.txt")), "WindowsSetting")[0]
    assert (setting.smb1_client, setting.uac_remote_full, setting.auto_logon) == (False, False, True)
