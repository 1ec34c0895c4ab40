"""Omamori: the security self-check a hospital can run itself."""

__version__ = "0.1.0"
