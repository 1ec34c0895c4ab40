"""The scripts of the Windows kit: what stands in them, and above all what must never stand in them."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import tree_sitter
import tree_sitter_powershell

from omamori.collect.kit import write_kit
from omamori.collect.windows.commands import commands
from omamori.collect.windows.kit.scripts import CODE_PAGES, NAMES, batch, owner_page, query_of, seal_script, shell_script
from omamori.model.text import LANGUAGES, Language

FORBIDDEN = {
    "reconfigures installed packages": r"win32_product\b",
    "searches for updates online": r"microsoft\.update|windowsupdate.*search|usoclient|wuauclt",
    "applies policies": r"gpupdate",
    "copies hives with password hashes": r"reg\s+save|\\sam\b|hk(?:lm|ey_local_machine)\\security|ntds|lsass|procdump|comsvcs|mimikatz",
    "shows a secret": r"key\s*=\s*clear|get-lapsadpassword|cmdkey|vaultcmd|convertfrom-securestring|ntlmhash",
    "changes the registry": r"reg(?:\.exe)?\s+(?:add|delete|import|load|restore|copy)\b|\b(?:set|new|remove)-item",
    "changes services or tasks": r"\bsc(?:\.exe)?\s+(?:config|stop|start|delete|create|sdset)\b|schtasks.*/(?:create|delete|change|run|end)\b"
    r"|restart-|stop-|start-service",
    "changes accounts or shares": r"net\s+(?:user|localgroup|group|share|stop|start|accounts)\s+\S+\s+/(?!domain)|\bnet\s+use\b",
    "changes the firewall or the log": r"netsh\b.*\b(?:set|add|delete|reset|import)\b|wevtutil\s+(?:cl|sl)|clear-eventlog",
    "changes disks or backups": r"\bformat\s+[a-z]:|vssadmin\s+(?:delete|resize)|wbadmin\s+(?:start|delete|enable)|manage-bde\s+-(?!status)",
    "goes to the Internet": r"bitsadmin|invoke-webrequest|invoke-restmethod|net\.webclient|downloadfile|downloadstring|\bcurl\b",
    "goes to other machines": r"test-netconnection|\bping\b|nslookup|-computername|/node:|\bnet\s+view\b",
    "runs text as a program": r"invoke-expression|\biex\b|-encodedcommand|frombase64string",
    "restarts": r"\bshutdown\b|restart-computer|wpeutil",
    "asks the whole domain": r"get-aduser|dsquery|win32_useraccount(?!.*localaccount)",
}
SCRIPTS = {
    **{NAMES[language]: batch(language, version="1.2.3", built="2026-01-01").decode(CODE_PAGES[language]) for language in LANGUAGES},
    "collect.ps1": shell_script().decode("ascii"),
    "seal.ps1": seal_script().decode("ascii"),
}


@pytest.mark.parametrize("name", SCRIPTS)
@pytest.mark.parametrize("harm", FORBIDDEN)
def test_nothing_in_a_script_does_harm(name: str, harm: str) -> None:
    # What is thrown away or kept are the kit's own files.
    own = re.sub(r"Remove-Item \$(?:path|Out)", "", SCRIPTS[name])
    found = re.search(FORBIDDEN[harm], own, re.IGNORECASE)
    assert found is None, f"{name} {harm}: {found[0] if found else ''}"


@pytest.mark.parametrize("harm", FORBIDDEN)
def test_the_list_of_harm_is_not_empty_words(harm: str) -> None:
    samples = {
        "reconfigures installed packages": "Get-WmiObject Win32_Product",
        "searches for updates online": "New-Object -ComObject Microsoft.Update.Session",
        "applies policies": "gpupdate /force",
        "copies hives with password hashes": "reg save HKLM\\SAM sam",
        "shows a secret": "netsh wlan show profile x key=clear",
        "changes the registry": "reg add HKLM\\X",
        "changes services or tasks": "sc stop x",
        "changes accounts or shares": "net user bob /add",
        "changes the firewall or the log": "netsh advfirewall set allprofiles state off",
        "changes disks or backups": "vssadmin delete shadows /all",
        "goes to the Internet": "bitsadmin /transfer x",
        "goes to other machines": "wmic /node:other os get",
        "runs text as a program": "Invoke-Expression $x",
        "restarts": "shutdown /r",
        "asks the whole domain": "dsquery user",
    }
    assert re.search(FORBIDDEN[harm], samples[harm], re.IGNORECASE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_batch_file_is_as_cmd_needs_it(language: Language) -> None:
    data = batch(language, version="1.2.3", built="2026-01-01")
    assert data == batch(language, version="1.2.3", built="2026-01-01")
    assert data.count(b"\n") == data.count(b"\r\n")
    text = data.decode(CODE_PAGES[language])
    labels = re.findall(r"^:(\w+)\r?$", text, re.MULTILINE)
    assert len(labels) == len(set(labels))
    # cmd jumps to the first label whose name begins alike only within eight letters on old systems; here every goal is there.
    goals = set(re.findall(r"\b(?:goto|call) :?(?!:eof)(\w+)", text)) - {"eof"}
    assert goals <= set(labels)
    # A redirection behind a digit would redirect that stream, so it stands in front.
    assert not re.search(r"echo [^\r\n]*\d>", text)
    assert max(map(len, text.splitlines())) < 8000
    assert text.index("call :consent") > text.index('set /p "CONSENT=')
    for command in commands():
        assert f"call :keep {command.file} " in text


def test_a_secret_value_is_never_read_into_the_result() -> None:
    secret = [command for command in commands() if command.secret]
    assert [command.run[-1] for command in secret] == ["DefaultPassword"]
    for line in SCRIPTS["collect-en.cmd"].splitlines():
        if line.startswith("reg query") and "DefaultPassword" in line:
            assert ">nul 2>>out" in line
    exported = [command.run[2].lower() for command in commands() if command.run[:2] == ("reg", "export")]
    for path in (r"hklm\software\microsoft\windows nt\currentversion\winlogon", r"hklm\system\currentcontrolset\services\snmp\parameters"):
        assert not any(path.startswith(one) for one in exported)


def test_powershell_asks_only_what_the_command_line_cannot() -> None:
    text = SCRIPTS["collect.ps1"]
    asked = [command.file for command in commands() if query_of(command)]
    assert re.findall(r"^Save '([^']+)'", text, re.MULTILINE) == asked
    assert {command.file for command in commands() if command.run[0] == "powershell"} <= set(asked)
    # Names that PowerShell 2.0 does not know cost only themselves, each inside its own Save; these would break the script.
    for newer in ("ConvertTo-Json", "-in ", "[ordered]", "Get-CimInstance", "&&", "??", "::new("):
        assert newer not in text, newer


def test_powershell_is_well_formed() -> None:
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_powershell.language()))
    assert parser.parse(b"if ($x { 1 }\n").root_node.has_error
    for name in ("collect.ps1", "seal.ps1"):
        root = parser.parse(SCRIPTS[name].replace("\r\n", "\n").encode()).root_node
        assert not root.has_error, (name, _first_error(root))


def _first_error(node: tree_sitter.Node) -> tree_sitter.Point:
    for child in node.children:
        if child.type == "ERROR" or child.is_missing:
            return child.start_point
        if child.has_error:
            return _first_error(child)
    return node.start_point


def test_the_owner_is_told_what_is_looked_at_and_what_is_not() -> None:
    japanese, english = owner_page("ja").decode(), owner_page("en").decode()
    for word in ("USB機器の接続履歴", "パスワード", "患者さんの情報", "同意した方", "インストールしません"):
        assert word in japanese
    assert "Record of consent" in english and "installs nothing" in english


def test_a_site_key_goes_with_the_kit(tmp_path: Path) -> None:
    names = {path.name for path in write_kit(tmp_path / "kit", version="1", built=date(2026, 1, 1), site_key="<SiteKey/>")}
    assert "site-key.xml" in names
    assert "site-key.xml" in (tmp_path / "kit/SHA256SUMS").read_text()
    assert "site-key.xml" not in {path.name for path in write_kit(tmp_path / "clear", version="1", built=date(2026, 1, 1))}
