from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from omamori.report.data import EvidenceLine


def test_a_line_of_evidence_leaves_without_what_could_act(hospital: Any) -> None:
    def read(references: Collection[str]) -> Mapping[str, EvidenceLine]:
        return {name: EvidenceLine(name, "linux.ssh", "pc\x1b[2J", "sshd\u202e -T", 3, "\x07root") for name in references}

    report = hospital.report(read_evidence=read)
    lines = [finding.evidence for finding in report.findings if finding.evidence]
    lines += [proof.evidence for one in report.checklists for item in one.items for proof in item.proofs if proof.evidence]
    assert lines
    for line in lines:
        assert not set(line.origin + line.command + line.text) & {"\x1b", "\u202e", "\x07"}
        assert line.text.endswith("root")
