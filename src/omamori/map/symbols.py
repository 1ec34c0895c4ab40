"""Our own small symbols: kinds of machines and doors, 24 by 24, and marks of severity. Told apart by shape, not by colour alone."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

_SYMBOLS = {
    "server": '<rect x="5" y="3" width="14" height="5.4" rx="1"/><rect x="5" y="9.6" width="14" height="5.4" rx="1"/>'
    '<rect x="5" y="16.2" width="14" height="5.4" rx="1"/><path d="M8 5.7h.01M8 12.3h.01M8 18.9h.01" stroke-width="2.2"/>',
    "client": '<rect x="3" y="4" width="18" height="12" rx="1.4"/><path d="M12 16v4M7.5 20.5h9"/>',
    "modality": '<circle cx="12" cy="10.5" r="7.5"/><circle cx="12" cy="10.5" r="3"/><path d="M3 21h18M12 13.5V21"/>',
    "printer": '<path d="M7 9V3.5h10V9M7 17.5H4V9h16v8.5h-3"/><rect x="7" y="14" width="10" height="6.5"/>',
    "nas": '<ellipse cx="12" cy="6" rx="7.5" ry="2.8"/><path d="M4.5 6v12c0 1.6 3.4 2.8 7.5 2.8s7.5-1.2 7.5-2.8V6M4.5 12c0 1.6 3.4 2.8 7.5 2.8s7.5-1.2 7.5-2.8"/>',
    "hypervisor": '<rect x="3" y="3" width="18" height="18" rx="2"/><rect x="6.5" y="6.5" width="5" height="5"/>'
    '<rect x="13.5" y="12.5" width="4.5" height="4.5"/><path d="M14.5 8h3M6.5 15h4"/>',
    "switch": '<rect x="2.5" y="7.5" width="19" height="9" rx="1.4"/><path d="M6 13.5v-2M9.5 13.5v-2M13 13.5v-2M16.5 13.5v-2"/>',
    "network": '<rect x="2.5" y="12" width="19" height="7.5" rx="1.4"/><path d="M6.5 15.8h.01M10 15.8h.01" stroke-width="2.2"/>'
    '<path d="M12 12V8M8 5.5a5.6 5.6 0 0 1 8 0M5.5 3a9.2 9.2 0 0 1 13 0"/>',
    "router": '<circle cx="12" cy="12" r="8.8"/><path d="M12 10V5.4m-2 2 2-2 2 2M12 14v4.6m-2-2 2 2 2-2M10 12H5.4m2-2-2 2 2 2M14 12h4.6m-2-2 2 2-2 2"/>',
    "wireless": '<path d="M3 9.5a12.5 12.5 0 0 1 18 0M6.2 13a8 8 0 0 1 11.6 0M9.2 16.3a4 4 0 0 1 5.6 0"/><path d="M12 19.6h.01" stroke-width="2.6"/>',
    "camera": '<rect x="3" y="7" width="13" height="10" rx="1.6"/><path d="m16 11 5-3v8l-5-3"/>',
    "phone": '<path d="M6 3.5h3.6l1.4 4.6-2.3 1.8a11.5 11.5 0 0 0 5.4 5.4l1.8-2.3 4.6 1.4V18a2.6 2.6 0 0 1-2.8 2.6A15.6 15.6 0 0 1 3.4 6.3 2.6 2.6 0 0 1 6 3.5z"/>',
    "other": '<rect x="4" y="4" width="16" height="16" rx="3"/><path d="M8.5 12h.01M12 12h.01M15.5 12h.01" stroke-width="2.4"/>',
    "unknown": '<rect x="4" y="4" width="16" height="16" rx="3" stroke-dasharray="2.6 2.2"/><path d="M9.6 9.6a2.5 2.5 0 1 1 3.4 2.3c-.7.3-1 .8-1 1.6v.3M12 16.6h.01"/>',
    "usb": '<path d="M12 21V4.5m-2.2 2.6L12 3.8l2.2 3.3M12 17l-4.6-2.8v-3M12 14.4l4.6-2.6V9"/><circle cx="12" cy="20" r="1.6"/>'
    '<circle cx="7.4" cy="10" r="1.3"/><path d="M15.4 6.6h2.4V9h-2.4z"/>',
    "wall-port": '<rect x="3.5" y="3.5" width="17" height="17" rx="2"/><path d="M7.5 15.5V9.8h2.4V7.6h4.2v2.2h2.4v5.7zM10 15.5v-2.2M12 15.5v-2.2M14 15.5v-2.2"/>',
    "office-mail": '<rect x="3" y="5.5" width="18" height="13" rx="1.4"/><path d="m3.6 6.6 8.4 6.6 8.4-6.6"/>',
    "dual-homed": '<rect x="2.5" y="13.5" width="6.5" height="6" rx="1"/><rect x="15" y="13.5" width="6.5" height="6" rx="1"/>'
    '<rect x="8.7" y="3.5" width="6.6" height="5.4" rx="1"/><path d="M11 9 6.4 13.4M13 9l4.6 4.4"/>',
    "internet": '<circle cx="12" cy="12" r="8.8"/><path d="M3.2 12h17.6M12 3.2c5 4.6 5 13 0 17.6M12 3.2c-5 4.6-5 13 0 17.6"/>',
    "vendor": '<path d="M4 20.5V6.5h9v14M13 10.5h7v10M2.5 20.5h19M7 10h3M7 13.5h3M7 17h3M16 14h1.5M16 17h1.5"/>',
    "vpn": '<rect x="5" y="10.5" width="14" height="9.5" rx="1.8"/><path d="M8 10.5V8a4 4 0 0 1 8 0v2.5M12 14.5v2"/>',
    "door": '<path d="M6.5 21V3.5h11V21M3.5 21h17"/><path d="M14.2 12.4h.01" stroke-width="2.6"/>',
    "wall": '<path d="M3 5h18v14H3zM3 9.7h18M3 14.3h18M9 5v4.7M15 5v4.7M6 9.7v4.6M12 9.7v4.6M18 9.7v4.6M9 14.3V19M15 14.3V19"/>',
}
SYMBOLS: Mapping[str, str] = MappingProxyType(_SYMBOLS)
"""Name → drawing: lines without a filling, in the colour of what uses it."""

MARKS: Mapping[str, str] = MappingProxyType(
    {
        "critical": '<path class="m-critical" d="M12 .8 23.2 12 12 23.2.8 12z"/><path class="m-on" d="M10.6 5.8h2.8l-.5 7.6h-1.8zM10.7 15.2h2.6v2.6h-2.6z"/>',
        "critical-on": '<path class="m-on" d="M12 .8 23.2 12 12 23.2.8 12z"/><path class="m-critical" d="M10.6 5.8h2.8l-.5 7.6h-1.8zM10.7 15.2h2.6v2.6h-2.6z"/>',
        "high": '<path class="m-high" d="M12 1.6 23.4 22.2H.6z"/><path class="m-on" d="M10.9 9h2.2l-.4 6.4h-1.4zM11 16.9h2v2h-2z"/>',
        "medium": '<circle class="m-medium" cx="12" cy="12" r="9.6"/><circle class="m-on" cx="12" cy="12" r="3.4"/>',
        "low": '<circle class="m-low" cx="12" cy="12" r="7.4"/>',
        "quiet": '<circle class="m-quiet" cx="12" cy="12" r="5.4"/>',
        "unseen": '<circle class="m-unseen" cx="12" cy="12" r="8.6"/><path class="m-asked" d="M9.4 9.6a2.7 2.7 0 1 1 3.7 2.5c-.8.3-1.1.9-1.1 1.8M12 17h.01"/>',
        "care": '<path class="m-care" d="M8.8 2.5h6.4v6.3h6.3v6.4h-6.3v6.3H8.8v-6.3H2.5V8.8h6.3z"/>',
    }
)
"""Marks: the worst finding of a machine, that nothing was found, that nobody looked, and that care stops without it."""


def definitions(prefix: str) -> str:
    """Return every symbol and mark as `<symbol>` elements; their names begin with `prefix`."""
    icons = "".join(
        f'<symbol id="{prefix}i-{name}" viewBox="0 0 24 24"><g fill="none" stroke="currentColor" stroke-width="1.5" stroke-linecap="round" '
        f'stroke-linejoin="round">{drawing}</g></symbol>'
        for name, drawing in SYMBOLS.items()
    )
    marks = "".join(f'<symbol id="{prefix}m-{name}" viewBox="0 0 24 24">{drawing}</symbol>' for name, drawing in MARKS.items())
    return icons + marks
