"""`omamori backup …`: reads backups, and shows that they come back. Each command is one module of its own, registered here."""

from __future__ import annotations

import typer

from omamori.cli.backup_prove import MANIFEST_HELP, PROVE_HELP, SCRATCH_HELP, manifest, prove_command, scratch
from omamori.cli.language import help_text

app = typer.Typer(
    no_args_is_help=True,
    help=help_text(
        "バックアップを読み取り専用で確かめる(保存先は1バイトも変えません)",
        "Look at backups, read only: not a byte of them is changed",
    ),
)


@app.callback()
def _backup() -> None:
    """Keep `backup` a group, however many commands it has."""


app.command("manifest", help=MANIFEST_HELP)(manifest)
app.command("scratch", help=SCRATCH_HELP)(scratch)
app.command("prove", help=PROVE_HELP)(prove_command)
