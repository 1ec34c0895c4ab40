"""The files that run on Windows: readable by cmd of every version, the same every time, and unable to do harm."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from importlib.resources import files
from pathlib import Path
from xml.etree import ElementTree

import pytest
import tree_sitter_powershell
from cryptography.hazmat.primitives.asymmetric import rsa
from tree_sitter import Language, Node, Parser

from omamori.collect.kit import write_kit
from omamori.collect.windows.commands import NOTED, Command, kit_commands
from omamori.collect.windows.script import collection_files
from omamori.parse.sealed import key_id

FORBIDDEN = (
    r"win32_product\b", r"update\.searcher", r"microsoft\.update", r"\bgpupdate\b", r"\breg\s+(?:save|add|delete|import|restore|load|unload|copy)\b",
    r"hklm\\sam\b", r"hklm\\security\b", r"\blsass\b", r"key=clear", r"procdump", r"comsvcs", r"mimikatz", r"ntdsutil", r"\bnet\s+user\s+[^>\s]\S*\s+[^>\s]",
    r"\bnet\s+(?:stop\b|start\b|use\b|localgroup\s+\S+\s+\S+\s+/)", r"\bsc\s+(?:config|stop|start|delete|create|failure)\b", r"\b(?:set|remove|new|add|stop|start|restart|clear|"
    r"enable|disable|install|uninstall|register|unregister|invoke|move|rename|copy)-(?!object\b|member\b)[a-z]+", r"\biex\b", r"downloadstring|downloadfile|webclient",
    r"bitsadmin", r"\bcurl\b", r"\bcertutil\s+(?!-hashfile\b)", r"\bwevtutil\s+(?!gl\b|gli\b)", r"\bschtasks\s+(?!/query\b)", r"\bformat(?:\.com)?\s+[a-z]:",
    r"\bdel\b", r"\berase\b", r"\bshutdown\b", r"\bnetsh\s+.*\b(?:set|add|delete|reset|import)\b", r"\bvssadmin\s+(?!list\b)", r"\bwbadmin\s+(?!get\b)",
    r"\bmanage-bde\s+(?!-status\b)", r"\bicacls\s+\S+\s+/", r"\bsecedit\s+(?!/export\b)", r"\bauditpol\s+(?!/get\b)", r"\battrib\b", r"\btakeown\b", r"\bsetx\b",
    r"https?://", r"\bwmic\b.*\b(?:call|delete|create|product)\b", r"\bdism\s+(?!/online\s+/get-features\b)", r"set-executionpolicy", r"\bdsadd|dsmod|dsrm\b",
)  # fmt: skip
"""What no file of the kit may hold, whatever it is for."""

READING = (
    r"whoami /groups", r"ver", r"systeminfo", r"netstat -[anob]+", r"tasklist /svc /fo csv", r"ipconfig /all", r"route print", r"arp -a",
    r"netsh advfirewall show \w+", r"netsh winhttp show proxy", r"netsh wlan show \w+", r"net share", r"net user", r"net accounts(?: /domain)?", r'net localgroup (?:"[\w ]+"|\w+)',
    r"secedit /export /cfg \d{3} /log l\d{3}", r"sc (?:query|queryex|qc) .*", r"wmic \w+ (?:get|list) .*", r"w32tm /query /\w+", r"schtasks /query .*",
    r"auditpol /get .*", r"wevtutil gli? \S+(?: /f:xml)?", r"gpresult /[rz]", r"wbadmin get versions", r"vssadmin list shadows", r"dism /online /get-features .*",
    r"manage-bde -status", r'findstr "USBSTOR Section" %windir%\\inf\\setupapi\.dev\.log', r'reg query ("[^"]+"|HK\S+)(?: (?:/s|/v "?[\w %]+"?|/reg:32))*',
    r'reg export (?:"[^"]+"|HK\S+) \d{3} /y', r'icacls "[^"]+"',
)  # fmt: skip
"""The only commands that are asked of the machine."""

SECRET_KEYS = re.compile(
    r"^HKLM\\(?:SAM|SECURITY|SYSTEM\\CurrentControlSet\\(?:Services|Services\\SNMP.*|Services\\BTHPORT.*|Control\\Lsa.*|Control\\Terminal Server.*)"
    r"|SYSTEM|SOFTWARE|SOFTWARE\\Policies(?:\\Microsoft(?:\\Windows)?)?|SOFTWARE\\Microsoft\\Windows NT\\CurrentVersion(?:\\Winlogon)?)$",
    re.IGNORECASE,
)
"""Keys below which secrets may lie: never exported, never asked for with everything below."""

CMDLETS = {
    "get-wmiobject", "select-object", "convertto-csv", "format-list", "foreach-object", "where-object", "out-string", "new-object", "import-module",
    "get-windowsfeature", "get-winevent", "sort-object", "add-member", "split-path", "ask", "bytes", "protect-result",
}  # fmt: skip
"""What PowerShell 2.0 knows and only reads, and the script's own functions."""

FILES = collection_files("1.2.3", "2026-01-31")
BATCH = FILES["collect.cmd"].decode("ascii")


def asked() -> list[str]:
    """Every line of collect.cmd that asks the machine something, without where its output goes."""
    found = []
    for line in BATCH.splitlines():
        for part in re.split(r"(?<![\^>])&", line):
            part = re.sub(r'^(?:if (?:not )?"[^"]*"=="[^"]*" |if exist "[^"]*" )+', "", part.strip())
            part = re.sub(r"^for /f .* do ", "", part)
            if re.search(r">>?\d{3}\b| >nul 2>+e?\d{3}", part) and not re.search(r"^>+\w+ echo|type nul >", part):
                found.append(re.sub(r"\s*(?:[12]?>>?\s?(?:&1|[\w%]+)|<nul)", "", part).replace("%%", "%").strip())
    return found


def test_nothing_in_the_kit_can_do_harm(tmp_path: Path) -> None:
    for path in write_kit(tmp_path, version="1", built=date(2026, 1, 1)):
        if path.suffix in (".cmd", ".ps1"):
            text = path.read_text("ascii")
            for pattern in FORBIDDEN:
                assert not re.search(pattern, text, re.IGNORECASE), (path.name, pattern)


def test_every_question_is_one_that_only_reads() -> None:
    lines = asked()
    assert len(lines) > 80
    for line in lines:
        assert any(re.fullmatch(pattern, line, re.IGNORECASE) for pattern in READING), line


def test_the_forbidden_list_notices() -> None:
    for line in (
        "reg save HKLM\\SAM x", "reg  add HKCU\\x", "net user taro Secret1", "wevtutil cl Security", "netsh wlan show profile x key=clear", "Set-ItemProperty x",
        "Get-WmiObject Win32_Product", "sc stop wuauserv", "schtasks /create", "Invoke-Expression $x", "del x", "Invoke-WebRequest x", "wmic product get name",
    ):  # fmt: skip
        assert any(re.search(pattern, line, re.IGNORECASE) for pattern in FORBIDDEN), line


@pytest.mark.parametrize("command", [one for one in kit_commands() if one.run[0] == "reg"], ids=lambda one: one.file)
def test_no_key_is_taken_whole_that_may_hold_a_secret(command: Command) -> None:
    for word in command.each or ("",):
        key = command.run[2].replace("{each}", word)
        whole = command.run[1] == "export" or "/s" in command.run
        named = "/v" in command.run
        assert not (whole and not named and SECRET_KEYS.match(key)), key
        assert "winlogon" not in key.lower() or named
        assert "validcommunities" not in key.lower() or (named and word in ("public", "private"))
        assert "password" not in word.lower()


def test_of_a_hidden_value_only_whether_it_is_there_is_taken() -> None:
    (hidden,) = (command for command in kit_commands() if command.hidden)
    assert hidden.run == ("reg", "query", hidden.run[2], "/v", "DefaultPassword")
    lines = [line for line in BATCH.splitlines() if "DefaultPassword" in line]
    question, asked, noted = lines
    assert re.fullmatch(r'>>\d{3} echo C:\\\^>reg query "[^"]+\\Winlogon" /v DefaultPassword', question)
    assert re.fullmatch(r'reg query "[^"]+\\Winlogon" /v DefaultPassword >nul 2>>\d{3} <nul', asked)
    # The error level is still that of the query: nothing stands between.
    assert BATCH.splitlines()[BATCH.splitlines().index(asked) + 1] == noted
    assert re.fullmatch(rf'if not errorlevel 1 call :hidden \d{{3}} "{re.escape(hidden.full_key)}" DefaultPassword', noted)
    assert f"REG_SZ    {NOTED}" in BATCH


def test_what_it_removes_is_its_own() -> None:
    assert set(re.findall(r"^(?:rd|rmdir) [^\r]*", BATCH, re.MULTILINE)) == {'rd /s /q "%WORK%" 2>nul'}
    # And the one that goes on trying, where something still stands in the folder.
    assert set(re.findall(r"\^& (r(?:d|mdir) [^^<]*)", BATCH)) == {'rd /s /q "%%WORK%%" '}
    assert re.findall(r'set "WORK=(.*)"', BATCH) == [r"%TEMP%\omamori-%NUMBER%"]
    assert [line for line in BATCH.splitlines() if "taskkill" in line] == [
        'if not exist rpowershell if exist pid for /f %%p in (pid) do taskkill /f /pid %%p /fi "IMAGENAME eq powershell.exe" >nul 2>nul'
    ]


def test_cmd_can_read_it() -> None:
    for name, data in FILES.items():
        assert data.count(b"\r\n") == data.count(b"\n") > 0, name
        assert not data.startswith(b"\xef\xbb\xbf")
        assert max(map(len, data.split(b"\r\n"))) < 2000, name
    labels = re.findall(r"^:(\w+)\r?$", BATCH, re.MULTILINE)
    assert len(labels) == len(set(labels))
    gone_to = set(re.findall(r"(?:goto |call :)(\w+)", BATCH)) - {"run_"}
    assert gone_to - {"eof"} <= set(labels)
    # A parenthesis that stands over lines ends at the first bracket of a name.
    assert not re.search(r"\(\s*$", BATCH, re.MULTILINE)
    # One marker for the run, an address for every output.
    numbers = re.findall(r"^call :step (\d{3}) \d", BATCH, re.MULTILINE)
    assert numbers == [f"{number:03}" for number in range(1, len(kit_commands()) + 1)]
    assert re.findall(r"^call :end (\d{3}) ", BATCH, re.MULTILINE) == numbers


def test_every_word_it_says_is_there_in_both_languages() -> None:
    said = set(re.findall(r"call :(?:say|stopped) (\w+)", BATCH)) | set(re.findall(r"call :step (\d{3})", BATCH))
    for name, code in (("messages.ja.txt", "cp932"), ("messages.en.txt", "ascii")):
        lines = FILES[name].decode(code).splitlines()
        assert said == {line.partition("=")[0] for line in lines}, name
        assert all(line.partition("=")[2] for line in lines)


def test_the_same_list_gives_the_same_bytes(tmp_path: Path) -> None:
    assert collection_files("1.2.3", "2026-01-31") == FILES
    assert b"version=1.2.3 built=2026-01-31 kit=windows" in FILES["collect.cmd"]
    key = rsa.generate_private_key(public_exponent=65537, key_size=3072).public_key()
    for path in write_kit(tmp_path, version="1", built=date(2026, 1, 1), key=key):
        assert (
            path.name == "SHA256SUMS"
            or f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {path.name}" in (tmp_path / "SHA256SUMS").read_text()
        )
    document = ElementTree.fromstring((tmp_path / "site-key.xml").read_text("ascii"))  # noqa: S314
    assert document.get("id") == key_id(key)
    assert document.find("RSAKeyValue/Modulus") is not None and document.findtext("RSAKeyValue/Exponent") == "AQAB"


def nodes(node: Node) -> list[Node]:
    return [node, *(below for child in node.children for below in nodes(child))]


def quoted(script: bytes) -> bytes:
    """The grammar knows no list of bare words, which PowerShell does: `Format-List A,B`."""

    def quote(found: re.Match[bytes]) -> bytes:
        return found[1] + b",".join(b"'" + word + b"'" for word in found[2].split(b","))

    return re.sub(rb"((?:Format-List|Select-Object) )(\w+(?:,\w+)+)", quote, script)


def test_powershell_understands_its_part() -> None:
    tree = Parser(Language(tree_sitter_powershell.language())).parse(quoted(FILES["collect.ps1"]))
    assert not tree.root_node.has_error, [node.start_point for node in nodes(tree.root_node) if node.type == "ERROR" or node.is_missing]
    called = {node.text.decode().lower() for node in nodes(tree.root_node) if node.type == "command_name" and node.text}
    assert called <= CMDLETS, called - CMDLETS
    assert {"get-wmiobject", "convertto-csv", "format-list"} <= called


def test_the_syntax_check_notices() -> None:
    parser = Parser(Language(tree_sitter_powershell.language()))
    script = quoted(FILES["collect.ps1"])
    assert not parser.parse(script).root_node.has_error
    for whole, broken in ((b"} catch {", b"} catch "), (b"@(& $question)", b"@(& $question")):
        assert whole in script and parser.parse(script.replace(whole, broken, 1)).root_node.has_error, broken


def test_every_query_is_asked_by_the_kit() -> None:
    folder = files("omamori.collect.windows").joinpath("queries")
    asked_by_kit = {command.file.rpartition(".")[0] for command in kit_commands() if command.run[0] == "powershell"}
    assert {path.name for path in folder.iterdir() if path.name.endswith(".ps1")} <= {f"{name}.ps1" for name in asked_by_kit}


def test_powershell_answers_what_cmd_waits_for() -> None:
    script = FILES["collect.ps1"].decode("ascii")
    asked_of = re.findall(r"Ask '(\d{3})'", script)
    own = [
        number
        for number, command in enumerate(sorted(kit_commands(), key=lambda one: one.run[0] == "powershell"), 1)
        if command.run[0] == "powershell"
    ]
    assert [int(number) for number in asked_of] == own
    # What PowerShell 2.0 does not know.
    assert not re.search(
        r"ConvertTo-Json|Get-CimInstance|Get-Net|Get-Smb|Get-LocalUser|\[pscustomobject\]|-in\b|\$PSItem", script, re.IGNORECASE
    )
