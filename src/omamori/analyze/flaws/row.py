"""One row of `vulnerabilities` of a fact of the pack."""

from __future__ import annotations

from omamori.knowledge.facts import Flaw
from omamori.knowledge.pack import Match
from omamori.model.patching import Vulnerability

SOURCE = "analyze.vulnerabilities"
"""Who fills the table."""


def flaw_row(subject: str, kind: str, match: Match, version: str | None, evidence: str) -> Vulnerability:
    """Return the row of a flaw that concerns `version` of a subject (kind: asset or line)."""
    flaw: Flaw = match.flaw
    return Vulnerability(
        asset=subject,
        subject_kind=kind,
        flaw=flaw.flaw,
        product=flaw.product,
        version=version,
        fixed=flaw.fixed,
        exploited=flaw.exploited,
        ransomware=flaw.ransomware,
        undecided=match.undecided,
        name=flaw.name or None,
        fact=f"{flaw.source} ({flaw.as_of}, {flaw.confidence})",
        source=SOURCE,
        evidence=evidence,
    )
