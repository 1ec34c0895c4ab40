"""What a record demands besides: answered by the machine's own platform, else for a person."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omamori.analyze.flaws.fitting import fits_needs, fits_target


@pytest.mark.parametrize(
    ("needs", "platform", "fits"),
    [
        (None, "windows", True),
        ("o:microsoft:windows", "windows", True),
        ("o:microsoft:windows", "linux", False),
        ("o:apple:macos | o:microsoft:windows", "windows", True),
        ("o:apple:macos | o:linux:linux_kernel", "windows", False),
        ("o:microsoft:windows & h:dell:xps", "windows", None),
        ("o:apple:macos & h:dell:xps", "windows", False),
        ("o:microsoft:windows:10", "windows", None),
        ("o:microsoft:windows_10", "linux", False),
        ("a:acme:plugin", "windows", None),
        ("o:apple:macos | a:acme:plugin", "windows", None),
        ("not (o:microsoft:windows)", "windows", None),
        ("?", "windows", None),
        ("o:microsoft:windows", "", None),
    ],
)
def test_needs(needs, platform, fits):
    assert fits_needs(needs, platform) is fits


@pytest.mark.parametrize(
    ("target", "editions", "fits"),
    [
        (None, (), True),
        ("target_sw=-", (), True),
        ("target_sw=windows", (), True),
        ("target_sw=macos", (), False),
        ("sw_edition=classic", ("continuous", "!classic"), False),
        ("sw_edition=continuous, target_sw=windows", ("continuous",), True),
        ("sw_edition=strange", (), None),
        ("target_hw=x86", ("x64",), False),
        ("target_hw=x64", ("x64",), True),
        ("target_hw=x64", (), None),
        ("update=beta2", (), None),
        ("language=ja", (), None),
    ],
)
def test_targets(target, editions, fits):
    assert fits_target(target, "windows", editions) is fits


@given(st.text(max_size=80), st.sampled_from(["windows", "linux", "other", ""]))
def test_any_text_is_answered(text, platform):
    assert fits_needs(text, platform) in (True, False, None)
    assert fits_target(text, platform, ()) in (True, False, None)
