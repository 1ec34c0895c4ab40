"""Machines that look alike: by the ledger, by what was seen, by name; and what cannot be told stays untold."""

from __future__ import annotations

from omamori.analyze.lookalikes import ANALYZER, main_name
from omamori.model.declared import LedgerAsset
from omamori.model.derived import Asset
from omamori.model.host import Host, Software
from omamori.model.look import Collected
from omamori.model.network import Listener
from omamori.model.visits import LookAlike
from omamori.model.windows import DomainComputer, ServerRole


def look(asset, table, *, complete=True, missing=""):
    reason = None if complete and not missing else "not_collected"
    return Collected(asset=asset, table_name=table, source="windows.commands", complete=complete, missing=missing, reason=reason)


def groups(found):
    return {row.asset: row for row in found if isinstance(row, LookAlike)}


def pc(name, *programs, role="client", model="M1", build="10.0.19045.1", platform="windows"):
    host = Host(
        asset=name, hostname=name, platform=platform, role=role, os_id="windows", os_version="10", os_build=build,
        os_name="Microsoft Windows 10 Pro", manufacturer="Maker", model=model,
    )  # fmt: skip
    return [Asset(asset=name, observed=True, role=role), host, *(Software(asset=name, name=word, manager="registry") for word in programs)]


def looks(*names, tables=("hosts", "software")):
    return dict.fromkeys(names, tables)


def test_the_ledger_s_words_group_looked_at_or_not_and_the_differences_are_told(run):
    rows = [
        *pc("w1", "Karte 3.1", "Viewer"),
        *pc("w2", "Karte 3.2", "Game", build="10.0.17763.1"),
        *(Asset(asset=name, declared=True) for name in ("w3", "lab")),
        *(LedgerAsset(asset=name, role="client", os="Windows 10", purpose=words) for name, words in
          (("w1", "EHR terminal"), ("w2", "ehr  terminal"), ("w3", "EHR terminal"), ("lab", "laboratory"))),
    ]  # fmt: skip
    found = groups(run(ANALYZER, rows, looks("w1", "w2")))
    assert len({found[name].alike for name in ("w1", "w2", "w3")}) == 1 != found["lab"].alike
    assert [found[name].looked_at for name in ("w1", "w2", "w3")] == [True, True, False]
    assert found["w1"].basis == "declared" and found["w1"].label == "EHR terminal / Windows 10"
    assert found["w1"].build != found["w2"].build and found["w1"].programs != found["w2"].programs
    assert (found["w3"].build, found["w3"].programs) == (None, None)


def test_pcs_group_by_main_software_one_private_program_makes_no_difference(run):
    rows = [*pc("a", "Karte 3.1", "Game"), *pc("b", "Karte 3.2"), *pc("c", "Office"), *pc("d", "Office"), *pc("e", "Karte 3", model="M2")]
    found = groups(run(ANALYZER, rows, looks(*"abcde")))
    assert found["a"].alike == found["b"].alike and found["c"].alike == found["d"].alike
    assert len({found[name].alike for name in "ace"}) == 3
    assert found["a"].programs != found["b"].programs, "that they look alike does not make them equal"


def test_servers_group_by_all_they_have(run):
    rows = [*pc("s1", "SQL", role="server"), *pc("s2", "SQL", role="server"), *pc("s3", role="server")]
    rows += [ServerRole(asset="s2", name="DNS", kind="role")]
    found = groups(run(ANALYZER, rows, looks("s1", "s2", "s3")))
    assert len({row.alike for row in found.values()}) == 3


def test_linux_groups_by_what_listens_to_others(run):
    rows = [row for name in ("l1", "l2", "l3") for row in pc(name, role="server", platform="linux")]
    rows += [Listener(asset=name, protocol="tcp", port=80, process="nginx", loopback=False) for name in ("l1", "l2")]
    rows += [Listener(asset="l2", protocol="tcp", port=5432, process="postgres", loopback=True)]
    found = groups(run(ANALYZER, rows, looks("l1", "l2", "l3", tables=("hosts", "listeners"))))
    assert found["l1"].alike == found["l2"].alike != found["l3"].alike


def test_what_was_not_seen_whole_belongs_to_no_group(run):
    rows = [*pc("a", "Karte"), *pc("b", "Karte"), *pc("c", "Karte")]
    found = groups(run(ANALYZER, rows, looks("a"), [look("b", "hosts"), look("b", "software", complete=False),
                                                    look("c", "hosts", missing="model"), look("c", "software")]))  # fmt: skip
    assert set(found) == {"a"}


def test_a_name_joins_only_where_number_and_system_leave_no_other_choice(run):
    computers = [
        DomainComputer(asset="dc", name=name, os_name=system, enabled=True)
        for name, system in (
            ("KARTE-PC2", "Windows 10 Pro"),
            ("KARTE-PC3", "Windows 11 Pro"),
            ("CTCON", "Windows 10 Pro"),
            ("X1", None),
            ("KARTE-SV1", "Windows Server 2019"),
        )
    ]
    found = groups(run(ANALYZER, [*pc("karte-pc1", "Karte"), *computers], looks("karte-pc1")))
    assert found["karte-pc2"].alike == found["karte-pc1"].alike
    assert found["karte-pc3"].basis == "name" and found["karte-pc3"].alike != found["karte-pc1"].alike
    assert "ctcon" not in found and "x1" not in found and "karte-sv1" not in found
    # With two kinds of that name nobody can tell which it is.
    two = [*pc("karte-pc1", "Karte"), *pc("karte-pc9", "Karte", model="M2"), *computers]
    assert groups(run(ANALYZER, two, looks("karte-pc1", "karte-pc9")))["karte-pc2"].basis == "name"


def test_versions_kinds_and_updates_do_not_name_a_program():
    assert main_name("Karte Viewer 3.10.2 (x64)") == main_name("ＫＡＲＴＥ  viewer 3.11") == "karte viewer"
    assert main_name("Microsoft Visual C++ 2015-2022 Redistributable (x64)") == ""
    assert main_name("Security Update for Windows (KB5034441)") == ""
