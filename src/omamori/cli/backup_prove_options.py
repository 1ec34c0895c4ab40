"""Options of `omamori backup prove`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.language import help_text

Place = Annotated[str, typer.Argument(help=help_text("保存先(フォルダ、sftp: など)", "repository: a folder, sftp: and so on"))]
Scratch = Annotated[Path, typer.Option(help=help_text("承認した作業場所", "the approved scratch place"))]
Machine = Annotated[str, typer.Option(help=help_text("対象の機器(台帳の名前)", "machine, by its name in the ledger"))]
Job = Annotated[str, typer.Option(help=help_text("バックアップ名(台帳)", "name of the backup in the ledger"))]
KindOf = Annotated[str, typer.Option(help=help_text("保存先の種類(なければ中身から)", "kind of repository; else by what lies there"))]
PasswordFile = Annotated[Path | None, typer.Option(help=help_text("パスワードを書いたファイル", "file that holds the password"))]
GenerationOf = Annotated[str, typer.Option(help=help_text("世代(なければ最新)", "generation; the newest by default"))]
Sample = Annotated[str, typer.Option(help=help_text("1回に戻す割合。毎回ちがう部分", "share of one run; another part each time"))]
Everything = Annotated[bool, typer.Option("--all", help=help_text("全部を戻す", "restore all of it"))]
Manifest = Annotated[
    Path | None, typer.Option(help=help_text("比べるハッシュの一覧(sha256sum の形)", "list of hashes to compare with (as of sha256sum)"))
]
Space = Annotated[
    str | None, typer.Option(help=help_text("作業場所で使う量の上限(例 10GiB)", "most bytes of the scratch place, such as 10GiB"))
]
Rate = Annotated[str | None, typer.Option(help=help_text("1秒に読む量の上限(例 50MiB)", "most bytes a second, such as 50MiB"))]
Postgres = Annotated[str, typer.Option(help=help_text("控えの中のPostgreSQLのダンプのパス", "path of a dump of PostgreSQL in the backup"))]
Query = Annotated[str, typer.Option(help=help_text("起動したデータベースに聞くSQL", "SQL to ask the started database"))]
Expect = Annotated[str | None, typer.Option(help=help_text("期待する答え", "the answer to expect"))]
MinRows = Annotated[int | None, typer.Option(help=help_text("答えの最小の行数", "fewest lines of the answer"))]
By = Annotated[str, typer.Option(help=help_text("行った人", "who runs it"))]
Out = Annotated[
    Path | None, typer.Option(help=help_text("印刷用の記録 proof-日付.html を書くフォルダ", "folder for a page to print, proof-DATE.html"))
]
AsJson = Annotated[bool, typer.Option("--json", help=help_text("結果をJSONで", "result as JSON"))]
