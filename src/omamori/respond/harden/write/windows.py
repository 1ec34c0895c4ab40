"""All files of a plan for one Windows machine: the scripts, the values for reading, and the form of a group policy."""

from __future__ import annotations

from collections.abc import Sequence

from omamori.model.text import LANGUAGES, Text
from omamori.respond.harden.parts import File, Machine, Measure
from omamori.respond.harden.write.folder import folder_of
from omamori.respond.harden.write.windows_cmd import script_files
from omamori.respond.harden.write.windows_firewall import firewall_script
from omamori.respond.harden.write.windows_gpo import policy_files
from omamori.respond.harden.write.windows_reg import reg_file
from omamori.respond.harden.write.windows_values import steps_of


def write(machine: Machine, measures: Sequence[Measure]) -> tuple[File, ...]:
    """Return the files of a machine's plan, below a folder of its name; none where nothing is changed by a file.

    Raises NotWritable for a change that cmd cannot hold.
    """
    steps = steps_of(measures)
    if not steps.steps and not steps.people:
        return ()
    folder = folder_of(machine.asset)
    values = [File(f"{folder}/values.{language}.reg", reg_file(steps, language), Text("値の一覧", "the values")) for language in LANGUAGES]
    firewall = firewall_script(folder, machine, steps)
    return (*script_files(folder, machine, steps), *firewall, *values, *policy_files(f"{folder}/gpo", steps))
