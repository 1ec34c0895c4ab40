"""A plan as a security template (.inf), as `secedit /configure` and a group policy's GptTmpl.inf take it.

Source of the form: [MS-GPSB] 2.2 (Group Policy: Security Protocol Extension).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from omamori.respond.harden.changes import SecurityArea, ServiceStart
from omamori.respond.harden.write.windows_values import TYPES, Data, Steps, Value, must_compare, value_of

_SECTIONS = ("System Access", "Event Audit", "Privilege Rights")
_POLICIES = ("HKLM\\SOFTWARE\\POLICIES\\", "HKLM\\SOFTWARE\\MICROSOFT\\WINDOWS\\CURRENTVERSION\\POLICIES\\")


def of_policy(value: Value) -> bool:
    """Whether a value stands in a place of policies: then it goes into registry.pol, which takes it away again with the policy."""
    return value.key.upper().startswith(_POLICIES)


def for_policy(steps: Steps) -> Iterator[Value]:
    """Yield the values a policy can lay down without a look at the machine: rights of shares and rules of firewalls are none."""
    for step in steps.steps:
        value = value_of(step.change)
        if value is not None and not must_compare(steps, step):
            yield value


def template(steps: Steps) -> bytes | None:
    """Return GptTmpl.inf (UTF-16); None where nothing of the plan goes into one. A value that shall go away cannot be told here."""
    areas = [step.change for step in steps.steps if isinstance(step.change, SecurityArea)]
    kept = [value for value in for_policy(steps) if value.data is not None and not of_policy(value)]
    services = [step.change for step in steps.steps if isinstance(step.change, ServiceStart)]
    if not areas and not kept and not services:
        return None
    lines = ["[Unicode]", "Unicode=yes"]
    for section in _SECTIONS:
        inside = [area for area in areas if area.section == section]
        lines += [f"[{section}]", *(f"{area.name} = {area.value}" for area in inside)] if inside else []
    lines += ["[Registry Values]", *_registry(kept)] if kept else []
    lines += ["[Service General Setting]", *(f'"{one.name}",{one.start},""' for one in services)] if services else []
    lines += ["[Version]", 'signature="$CHICAGO$"', "Revision=1"]
    return b"\xff\xfe" + ("\r\n".join(lines) + "\r\n").encode("utf-16-le")


def _registry(values: Sequence[Value]) -> Iterator[str]:
    for value in values:
        yield f"MACHINE\\{value.key.partition(chr(92))[2]}\\{value.name}={TYPES[value.kind]},{_data(value.data)}"


def _data(data: Data) -> str:
    if isinstance(data, tuple):
        return ",".join(data)
    if isinstance(data, bytes):
        return ",".join(f"{byte:02x}" for byte in data)
    return f'"{data}"' if isinstance(data, str) else str(data)
