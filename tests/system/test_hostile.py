"""Machines that lie: what they print is shown and never acts — in the browser, in Excel, in the terminal — and loses nobody else."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from omamori.snapshot.database import Database

pytestmark = pytest.mark.system
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
OMAMORI = Path(sys.executable).with_name("omamori")
MARK = "window.ran=1"
ATTACKS = (
    f"<script>{MARK}</script>",
    f'"><img src=x onerror="{MARK}">',
    f"</script><script>{MARK}</script>",
    f"javascript:{MARK}",
    '=cmd|"/c calc"!A1',
    '+HYPERLINK("http://198.51.100.66/","x")',
    "@SUM(1+1)*2",
    "-2+3",
    "\x1b[2J\x1b]0;owned\x07",
    r"one\nline\r\x1b[31m",
    "\u202egpj.exe\u2066",
    "\udcff\udcfe\udc80wrong",
    "%s%n{0}${HOME}`id`$(id)",
    "long" * 2500,
)
"""What a hostile machine may call things. The lone surrogates stand for bytes that are no UTF-8."""
Sections = Mapping[str, Mapping[str, str]]


def kit(host: str, machine: str, started: str, more: Sections | None = None, *, said: str = "") -> bytes:
    """A kit result as the script prints it; `said` is the name in its first line."""
    nonce = "0123456789abcdef0123456789abcdef"
    described = {
        "os-release": f'==> /etc/os-release\nPRETTY_NAME="Debian {ATTACKS[0]}"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nID=debian\n',
        "hostname": f"{host}\n",
        "machine-id": f"==> /etc/machine-id\n{machine}\n",
        "uname": "Linux 6.1.0-28-amd64 x86_64\n",
    }
    lines = [
        f"OMAMORI-KIT-RESULT 1 {nonce}",
        f"#@{nonce} visit started={started} host={said or host} uid=0 version=0.1.0 built=2026-04-01",
    ]
    for kind, sections in {"linux.host": described, **(more or {})}.items():
        lines.append(f"#@{nonce} probe {kind}")
        for name, text in sections.items():
            lines += [f"#@{nonce} section {name}", text, f"#@{nonce} end 0"]
        lines.append(f"#@{nonce} done {kind} 0")
    lines.append(f"#@{nonce} finished {started}")
    return ("\n".join(lines) + "\n").encode("utf-8", "surrogateescape")


def hostile() -> Sections:
    """Services, shares, accounts, packages, processes and open ports that are all named to do harm."""
    numbered = list(enumerate(ATTACKS, 2000))
    units = [
        f"ExecStart={{ path=/opt/{a} ; argv[]=/opt/{a} --x ; }}\nId={a}.service\nDescription={a}\nLoadState=loaded\n"
        f"ActiveState=active\nSubState=running\nUnitFileState=enabled\nUser={a}\n"
        for a in ATTACKS
    ]
    processes = "  PID USER     COMMAND\n" + "".join(f"{n} root     {a}\n" for n, a in numbered)
    ps = "  PID  PPID USER                   STARTED COMMAND\n"
    return {
        "linux.services": {"init": "systemd", "show": "\n".join(units), "processes": processes},
        "linux.processes": {"ps": ps + "".join(f"{n}     1 root  Mon Nov 23 21:08:39 2026 {a}\n" for n, a in numbered)},
        "linux.accounts": {
            "passwd": "root:x:0:0::/root:/bin/bash\n"
            + "".join(f"{a}:x:0:0:{a}:/home:/bin/sh\n" for a in (attack.replace(":", ";") for attack in ATTACKS)),
            "group": "sudo:x:27:" + ",".join(ATTACKS) + "\n",
        },
        "linux.software": {"dpkg": "\n".join(f"ii \t{a}\t1.0\tamd64\t{a}\t{a} <{a}@example.test>" for a in ATTACKS)},
        "linux.shares": {
            "programs": "/usr/sbin/smbd\nsearched",
            "smbconf": "==> /etc/samba/smb.conf\n[global]\n  map to guest = bad user\n"
            + "".join(f"[{a}]\n  path = /srv/{a}\n  guest ok = yes\n  writable = yes\n" for a in ATTACKS),
        },
        "linux.sockets": {
            "ss": "Netid State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n"
            + "".join(f'tcp LISTEN 0 128 0.0.0.0:{n} 0.0.0.0:* users:(("{a}",pid={n},fd=3)) ino:{n} sk:{n} <->\n' for n, a in numbered),
            "processes": processes,
        },
    }


@pytest.fixture(scope="module")
def looked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One site with all of them, imported and judged once through the commands a user has."""
    folder = tmp_path_factory.mktemp("hostile")
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
    kits = {
        "evil": kit(ATTACKS[1], "a" * 32, now, hostile(), said="<script>window.ran=1</script>\x1b[31m\u202eevil"),
        "twin-1": kit("twin", "b" * 32, now),
        "twin-2": kit("twin", "c" * 32, now),
        "renamed-1": kit("before", "d" * 32, "2026-06-01T08:00:00Z"),
        "renamed-2": kit("after", "d" * 32, now),
        "past": kit("past", "e" * 32, "1970-01-01T00:00:07Z"),
        "future": kit("future", "f1" * 16, "2099-12-31T23:59:59Z"),
    }
    (folder / "in").mkdir()
    for name, data in kits.items():
        (folder / "in" / f"{name}.kit").write_bytes(data)
    return folder


@pytest.fixture(scope="module")
def said(looked: Path) -> bytes:
    """Everything the terminal got."""
    from_commands = b""
    site = ["--site", str(looked / "site"), "--lang", "en"]
    for words in (["import", str(looked / "in"), *site], ["check", "--out", str(looked / "out"), *site]):
        done = subprocess.run([str(OMAMORI), *words], stdin=subprocess.DEVNULL, capture_output=True, timeout=400)
        assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
        from_commands += done.stdout + done.stderr
    return from_commands


@pytest.fixture(scope="module")
def report(looked: Path, said: bytes) -> Any:
    assert said
    return json.loads((looked / "out" / "report.json").read_text(encoding="utf-8"))


def test_the_terminal_gets_no_escape_and_no_direction_mark(said: bytes) -> None:
    text = said.decode("utf-8")
    acting = {letter for letter in text if unicodedata.category(letter) in ("Cc", "Cf", "Cs") and letter != "\n"}
    assert acting == set()
    assert "7 of 7 taken in" in text


def test_the_report_holds_what_the_machine_said_but_no_acting_character(report: Any) -> None:
    whole = json.dumps(report, ensure_ascii=False)
    assert f"<script>{MARK}</script>" in whole and "HYPERLINK" in whole
    assert {letter for letter in whole if unicodedata.category(letter) in ("Cc", "Cf", "Cs")} == set()


def test_nobody_is_lost_and_what_is_odd_is_told(looked: Path, report: Any) -> None:
    (tables,) = (looked / "site" / "snapshots").glob("*/tables.duckdb")
    with Database(tables, read_only=True) as database:
        machines = {row.asset for row in database.rows("hosts")}
        accounts, shares = list(database.rows("accounts")), list(database.rows("shares"))
        names = {row.identifier for row in database.rows("identity") if row.asset == "after"}
    assert {"past", "future", "after"} <= machines and "before" not in machines
    assert len([name for name in machines if name.startswith("twin")]) == 2
    assert len(machines) == 6
    assert len({row.name for row in accounts}) == len(("root", *ATTACKS))
    assert len(shares) == len(ATTACKS)
    assert {"name:before", "name:after"} <= names
    notes = [note["en"] for note in report["notes"]]
    for origin, words in (
        ("twin", "two or more machines have this name"),
        ("past", "clock is before the day the kit was made"),
        ("future", "clock is ahead"),
    ):
        assert [note for note in notes if note.startswith(origin) and words in note], (origin, notes)


def test_no_cell_of_the_workbook_is_a_formula(looked: Path, report: Any) -> None:
    assert report
    book = openpyxl.load_workbook(looked / "out" / "report.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    assert [cell.coordinate for cell in cells if cell.hyperlink and "198.51.100.66" in str(cell.hyperlink.target)] == []
    assert any(isinstance(cell.value, str) and "script>" in cell.value for cell in cells)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed: the page is not tried in a browser")
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed: the page is not tried in a browser")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
        )
        yield opened
        opened.close()


@pytest.mark.parametrize("language", ["ja", "en"])
def test_no_word_of_a_machine_runs_in_the_page(looked: Path, report: Any, browser: Any, language: str) -> None:
    assert report
    tab = browser.new_page()
    dialogs: list[str] = []
    requests: list[str] = []
    errors: list[str] = []

    def answer(dialog: Any) -> None:
        dialogs.append(dialog.message)
        dialog.dismiss()

    tab.on("dialog", answer)
    tab.on("request", lambda request: requests.append(request.url))
    tab.on("pageerror", lambda error: errors.append(str(error)))
    page = (looked / "out" / "report.html").as_uri()
    tab.goto(page)
    tab.click(f"button[data-lang={language}]")
    for number in range(tab.locator("#views a").count()):
        tab.locator("#views a").nth(number).click()
        tab.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true; })")
        tab.wait_for_timeout(200)
    assert f"<script>{MARK}</script>" in tab.evaluate("document.body.textContent")
    assert tab.evaluate("window.ran") is None
    # An element made from a machine's words would be there even where it is kept from acting.
    assert tab.evaluate("document.querySelectorAll('img[src=x], [onerror], a[href^=\"javascript:\"]').length") == 0
    assert dialogs == [] and errors == []
    assert [url for url in requests if url.partition("#")[0] != page] == []
    tab.close()
