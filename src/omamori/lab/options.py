"""The options of a service, as the description of the lab gives them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def settle(service: str, options: Mapping[str, Any], defaults: Mapping[str, Any]) -> dict[str, Any]:
    """Return the options with what was not given filled in.

    In: the service's name, the options given, and every option it knows with its default. A default that is not None also
    says the type. Out: all options. ValueError names an option nobody knows, or one of another type, and what is known.
    """
    unknown = sorted(set(options) - set(defaults))
    if unknown:
        known = ", ".join(sorted(defaults)) or "none"
        raise ValueError(f"service {service} of the lab has no option {', '.join(unknown)}; its options are: {known}")
    for name, value in options.items():
        default = defaults[name]
        if default is not None and type(value) is not type(default):
            raise ValueError(f"service {service} of the lab: option {name} must be {type(default).__name__}, not {type(value).__name__}")
    return {**defaults, **options}
