"""Finds the services of the lab: every module in `omamori.lab.services` that has a `SERVICE`."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

import omamori.lab.services
from omamori.lab.interface import Service


@cache
def services() -> Mapping[str, Service]:
    """Return every service by name; ValueError when two have one name."""
    found: dict[str, Service] = {}
    for module in pkgutil.iter_modules(omamori.lab.services.__path__, "omamori.lab.services."):
        service = getattr(importlib.import_module(module.name), "SERVICE", None)
        if service is None:
            continue
        if service.name in found:
            raise ValueError(f"two services of the lab are called {service.name}: {module.name} and another")
        found[service.name] = service
    return MappingProxyType(dict(sorted(found.items())))
