"""What the lab's hospital has on paper: an approval for scanning it (the form `omamori scan` reads), and whom to collect from."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import yaml

from omamori.lab.description import Hospital, Host, Leg
from omamori.lab.rules import Ports
from omamori.lab.sight import seen_from
from omamori.model.text import Language

_DAY = timedelta(days=1)
_EARLIER = timedelta(minutes=1)
_PACKETS, _MINUTES = 1000, 60
_PORT_OF_SSH = ("tcp", 22)


def approval(hospital: Hospital, now: datetime, language: Language) -> str:
    """Return an approval that allows the gentle profile on all zones of the hospital for a day from `now`.

    Medical and foreign machines stand in it, with consent where the description says that it was given.
    """
    moment = now.astimezone(UTC)
    ja = language == "ja"
    legs = [(host, leg) for host in hospital.hosts.values() for leg in host.legs if not hospital.zones[leg.zone].outside]
    foreign = [(host, leg) for host, leg in legs if not host.medical and host.owner != "hospital"]
    content: dict[str, Any] = {
        "omamori_approval": "1",
        "number": "LAB-1",
        "approved_by": "実験 太郎" if ja else "Taro Jikken",
        "position": "院長" if ja else "Director",
        "approved_on": moment.date().isoformat(),
        "from": (moment - _EARLIER).strftime("%Y-%m-%d %H:%M"),
        "until": (moment + _DAY).strftime("%Y-%m-%d %H:%M"),
        "utc_offset": "+00:00",
        "stop_contact": "医療情報係" if ja else "IT desk",
        "profile": "gentle",
        "ranges": [str(zone.network) for zone in hospital.inside()],
        "excluded": [{"address": str(leg.address), "reason": host.name.say(language)} for host, leg in legs if host.excluded],
        "medical": [_asked(hospital, host, leg, "maker", moment, language) for host, leg in legs if host.medical],
        "not_ours": [_asked(hospital, host, leg, "owner", moment, language) for host, leg in foreign],
        "budget": {"connections_per_port": "2", "packets_per_second": str(_PACKETS), "minutes": str(_MINUTES)},
    }
    return yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=120)


def ssh_targets(hospital: Hospital, ports: Ports) -> list[str]:
    """Return whom the IT desk can collect from over SSH, as `root@ADDRESS`: the hospital's own machines it reaches from its place."""
    own = {host.id for host in hospital.hosts.values() if host.owner == "hospital" and not host.medical}
    here = hospital.scanner().id
    reached: Iterable[tuple[str, str]] = (
        (sight.host, str(sight.address)) for sight in seen_from(hospital, here, ports) if sight.host in own and _PORT_OF_SSH in sight.ports
    )
    first: dict[str, str] = {}
    for host, address in reached:
        first.setdefault(host, address)
    return [f"root@{address}" for address in first.values()]


def _asked(hospital: Hospital, host: Host, leg: Leg, whose: str, moment: datetime, language: Language) -> dict[str, Any]:
    """One machine whose maker or owner has to agree."""
    asked = hospital.vendors[host.vendor].say(language) if host.vendor else ("メーカー" if language == "ja" else "maker")
    said = (
        {"who": asked, "on": moment.date().isoformat(), "paper": f"LAB-{host.id}"} if host.consent else {"who": "", "on": "", "paper": ""}
    )
    return {"address": str(leg.address), "name": host.name.say(language), whose: asked, "consent": said}
