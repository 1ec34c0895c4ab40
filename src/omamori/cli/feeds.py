"""`omamori feeds build|import|status|explain|key`: the knowledge pack, made where there is Internet and taken in where there is none."""

from __future__ import annotations

import getpass
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

import typer

from omamori.cli.feeds_explain import HELP as EXPLAIN_HELP
from omamori.cli.feeds_explain import explain_command
from omamori.cli.language import help_text
from omamori.cli.options import Lang, SiteDir, screen_for
from omamori.cli.screen import DONE, Screen
from omamori.feeds.held import clock_note
from omamori.feeds.key import needs_passphrase
from omamori.feeds.take import Agreed
from omamori.knowledge.packkey import in_groups
from omamori.knowledge.packread import Signed
from omamori.model.clean import clean
from omamori.model.text import Text
from omamori.pipeline.clock import utc_now
from omamori.pipeline.error import UserError
from omamori.pipeline.feeds import BuildRequest, Status, broken_lines, build, key_page, make_key, shown_key, status, take_in
from omamori.snapshot.files import write_whole

PASSPHRASE = "OMAMORI_KEY_PASSPHRASE"  # noqa: S105 - the name of the variable
DEFAULT_KEY = Path("omamori-pack.key")
_SHOWN = 30
_YES = ("y", "yes", "はい", "h", "hai")

app = typer.Typer(no_args_is_help=True, help=help_text("知識パック(脆弱性と更新の情報)", "The knowledge pack (flaws and updates)"))
key_app = typer.Typer(no_args_is_help=True, help=help_text("知識パックに署名する鍵", "The key that signs packs"))
app.add_typer(key_app, name="key")
app.command("explain", help=EXPLAIN_HELP)(explain_command)

KeyFile = Annotated[Path, typer.Option("--key", help=help_text("署名の鍵のファイル", "file of the key to sign with"))]


@app.command(
    "build",
    help=help_text(
        "配布元から取ったファイルから、署名した知識パックを1つ作ります。インターネットにつなぐのは --download を付けたときだけです。"
        "\n\n例: omamori feeds build shiryo/ --out 2026-12.omamori-pack",
        "Make one signed pack of the publishers' files. Nothing connects to the Internet unless --download is given."
        "\n\nExample: omamori feeds build files/ --out 2026-12.omamori-pack",
    ),
)
def build_command(
    out: Annotated[
        Path,
        typer.Option(
            help=help_text(
                "書く知識パック(.omamori-pack)。フォルダならその日の名前", "pack to write (.omamori-pack); a folder: named after the day"
            )
        ),
    ],
    files: Annotated[list[Path] | None, typer.Argument(help=help_text("ファイルやフォルダ", "files and folders"))] = None,
    key: KeyFile = DEFAULT_KEY,
    maker: Annotated[str, typer.Option(help=help_text("作成者の名前(取り込む側に表示)", "your name, shown where it is imported"))] = "",
    download: Annotated[
        Path | None,
        typer.Option(help=help_text("配布元から取ったファイルを置くフォルダ", "fetch the publishers' files into this folder first")),
    ] = None,
    authorities: Annotated[
        Path | None,
        typer.Option(help=help_text("信頼する認証局(PEM)。省略するとこのPCの設定", "trusted authorities (PEM); by default this system's")),
    ] = None,
    lang: Lang = None,
    force: Annotated[bool, typer.Option("--force", help=help_text("既存のファイルを置き換える", "replace an existing file"))] = False,
) -> int:
    """Write a pack; returns the exit code."""
    if not files and download is None:
        raise typer.BadParameter("FILES | --download")
    with screen_for(lang) as screen:
        request = BuildRequest(tuple(files or ()), out, key, _passphrase(key), maker.strip()[:200], download, authorities, force)
        built, fetched = build(request, screen)
        for one in fetched:
            if one.error is not None:
                screen.told(one.error)
        for line in broken_lines(built, _SHOWN):
            screen.told(line)
    for source in built.manifest.sources:
        day = source.as_of.isoformat() if source.as_of else "?"
        title = source.title.say(screen.language)
        broken = Text(f"、読めない記録 {source.broken:,}", f", {source.broken:,} broken").say(screen.language) if source.broken else ""
        screen.line(
            Text(f"  {title}: {day} 現在、{source.records:,}件{broken}", f"  {title}: as of {day}, {source.records:,} records{broken}").say(
                screen.language
            )
        )
    size = built.path.stat().st_size
    screen.line(
        Text(f"作りました: {built.path}({size:,} バイト、{built.id})", f"made {built.path} ({size:,} bytes, {built.id})").say(
            screen.language
        ),
        "green",
    )
    return DONE


@app.command(
    "import",
    help=help_text(
        "知識パックを取り込みます。最初の1回は、鍵の指紋を印刷した紙と見比べます。\n\n例: omamori feeds import 2026-12.omamori-pack",
        "Take a pack in. The first time, compare the fingerprint of its key with the printed one."
        "\n\nExample: omamori feeds import 2026-12.omamori-pack",
    ),
)
def import_command(
    file: Annotated[Path, typer.Argument(help=help_text("知識パック", "the pack"))],
    site: SiteDir = Path("omamori-site"),
    fingerprint: Annotated[str, typer.Option(help=help_text("紙にある鍵の指紋", "the fingerprint on the paper"))] = "",
    replace_key: Annotated[
        bool,
        typer.Option(
            "--replace-key", help=help_text("別の鍵に替える(指紋を見比べます)", "change to another key, after comparing its fingerprint")
        ),
    ] = False,
    older: Annotated[bool, typer.Option("--older", help=help_text("今より古いものに戻す", "go back to an older pack"))] = False,
    lang: Lang = None,
) -> int:
    """Take a pack in; returns the exit code."""
    screen = screen_for(lang)
    compare = _asking(screen) if sys.stdin is not None and sys.stdin.isatty() else None
    # No moving line while a person is asked.
    with Screen(screen.language, quiet=True) if compare else screen as shown:
        done = take_in(site, file, Agreed(fingerprint, compare, replace_key, older), shown)
    manifest = done.signed.manifest
    early = clock_note(done.signed, utc_now().date())
    for note in (early.text if early is not None else None, done.clocks):
        if note is not None:
            screen.told(note)
    if done.pinned:
        screen.line(
            Text(f"鍵を登録しました: {done.signed.key.fingerprint}", f"key kept: {done.signed.key.fingerprint}").say(screen.language)
        )
    if done.lost:
        names = Text("、".join(one.title.ja for one in done.lost), ", ".join(one.title.en for one in done.lost))
        screen.told(
            Text(
                f"前の知識パックにあって、これにはない(または半分より少ない)情報源: {clean(names.ja, 1000)}。その分は判定できなくなります。"
                "作った人に確かめ、前のものに戻すときは --older を付けて取り込んでください",
                f"the pack before it held more of: {clean(names.en, 1000)}. What they tell can no longer be judged: ask its maker, "
                "or import the former pack again with --older",
            )
        )
    if done.already:
        screen.line(Text("この知識パックは取り込み済みです", "this pack is there already").say(screen.language))
        return DONE
    screen.line(
        Text(
            f"取り込みました: {manifest.made:%Y-%m-%d} 作成、情報源 {len(manifest.sources)}。次の omamori check から使います",
            f"taken in: made {manifest.made:%Y-%m-%d}, {len(manifest.sources)} sources. It is used from the next omamori check on",
        ).say(screen.language),
        "green",
    )
    return DONE


def _asking(screen: Screen) -> Callable[[Signed], bool]:
    def ask(signed: Signed) -> bool:
        maker = clean(signed.manifest.maker, 200)
        if maker:
            screen.line(Text(f"作成者(自称): {maker}", f"maker, by its own word: {maker}").say(screen.language))
        screen.line(Text("このパックの鍵の指紋:", "fingerprint of its key:").say(screen.language))
        screen.line(f"\n    {in_groups(signed.key.fingerprint)}\n", "bold")
        answer = screen.ask(
            Text("印刷された指紋と、8つの組が全部同じですか (はい/いいえ)", "Are all eight groups the same as on the paper (yes/no)?")
        )
        return (answer or "").strip().lower() in _YES

    return ask


@app.command(
    "status",
    help=help_text(
        "今使っている知識パックの、情報源ごとの古さ、鍵、読めなかった記録を示します。\n\n例: omamori feeds status",
        "Tell the age of each source of the present pack, whose key it is, and what could not be read.\n\nExample: omamori feeds status",
    ),
)
def status_command(
    site: SiteDir = Path("omamori-site"),
    as_json: Annotated[bool, typer.Option("--json", help=help_text("JSONで出力", "print JSON"))] = False,
    lang: Lang = None,
) -> int:
    """Show what a site is judged with; returns the exit code."""
    screen = screen_for(lang)
    found = status(site, utc_now().date())
    if as_json:
        screen.raw(json.dumps(found.as_json(), ensure_ascii=False, indent=1))
        return DONE
    for note in found.held.notes:
        screen.told(Text(f"{note.origin}: {note.text.ja}", f"{note.origin}: {note.text.en}"))
    show(found, screen)
    return DONE


def show(found: Status, screen: Screen) -> None:
    """Print the pack a site is judged with and the age of each source."""
    signed = found.held.signed
    if signed is None:
        screen.line(
            Text(
                "付属の情報だけを使っています。知識パックはまだ取り込まれていません",
                "only the facts that ship inside are used: no pack was imported",
            ).say(screen.language),
            "yellow",
        )
    else:
        made, maker = signed.manifest.made, clean(signed.manifest.maker, 200)
        by = Text(f"、作成者 {maker}", f" by {maker}") if maker else Text("", "")
        line = Text(f"知識パック {signed.id}、{made:%Y-%m-%d} 作成{by.ja}", f"pack {signed.id}, made {made:%Y-%m-%d}{by.en}")
        screen.line(line.say(screen.language))
    if found.pinned:
        screen.line(Text(f"鍵の指紋: {found.pinned}", f"fingerprint of the key: {found.pinned}").say(screen.language))
    for one in found.sources:
        feed = one.feed
        title = Text(feed.title_ja or feed.feed, feed.title or feed.feed).say(screen.language)
        day = feed.as_of.isoformat() if feed.as_of else "?"
        age = "?" if one.age_days is None else f"{one.age_days:,}"
        old = Text(" ← 古くなっています", " ← old").say(screen.language) if one.old else ""
        broken = Text(f"、読めない記録 {feed.broken:,}", f", {feed.broken:,} broken").say(screen.language) if feed.broken else ""
        saved = (
            Text("。ファイルに日付がなく、保存した日", "; its files name no day, this is the day one was saved")
            if feed.undated
            else Text("", "")
        )
        line = Text(
            f"  {title}: {day} 現在({age}日前{saved.ja})、{feed.records:,}件{broken}{old}",
            f"  {title}: as of {day} ({age} days ago{saved.en}), {feed.records:,} records{broken}{old}",
        )
        screen.line(clean(line.say(screen.language), 500), "yellow" if one.old else None)


@key_app.command(
    "new",
    help=help_text(
        "署名の鍵を作り、指紋を表示します。鍵のファイルは人に渡さず、控えを取ってください。\n\n例: omamori feeds key new --key omamori-pack.key",
        "Make a key to sign with and show its fingerprint. Give the file to nobody, and keep a copy."
        "\n\nExample: omamori feeds key new --key omamori-pack.key",
    ),
)
def key_new(
    key: KeyFile = DEFAULT_KEY,
    passphrase: Annotated[
        bool,
        typer.Option(
            "--passphrase",
            help=help_text(f"パスフレーズで守る(尋ねます。または環境変数 {PASSPHRASE})", f"with a passphrase (asked, or in {PASSPHRASE})"),
        ),
    ] = False,
    lang: Lang = None,
) -> int:
    """Make a key; returns the exit code."""
    screen = screen_for(lang)
    word = os.environ.get(PASSPHRASE, "")
    if passphrase and not word:
        word = _typed(key)
        if not word:
            raise UserError(
                "パスフレーズが空です。鍵は作っていません。もう一度やり直してください",
                "the passphrase is empty, and no key was made: try again",
            )
        if getpass.getpass(f"{key} (2): ") != word:
            raise UserError("2回の入力が違います。もう一度やり直してください", "the two do not match: try again")
    made = make_key(key, word)
    screen.line(Text(f"鍵を作りました: {key}", f"made the key {key}").say(screen.language))
    screen.line(Text(f"指紋: {made.fingerprint}", f"fingerprint: {made.fingerprint}").say(screen.language), "bold")
    return DONE


@key_app.command(
    "show",
    help=help_text(
        "鍵の指紋を表示します。--out で、病院に渡す紙(テキスト)を書きます。\n\n例: omamori feeds key show --key omamori-pack.key --out shimon.txt",
        "Show the fingerprint of a key; with --out write the page to print for the hospitals."
        "\n\nExample: omamori feeds key show --key omamori-pack.key --out page.txt",
    ),
)
def key_show(
    key: Annotated[
        Path | None,
        typer.Option(
            "--key", help=help_text("鍵のファイル。省略するとサイトに登録した鍵", "file of a key; by default the one the site compared")
        ),
    ] = None,
    site: SiteDir = Path("omamori-site"),
    out: Annotated[Path | None, typer.Option(help=help_text("書く紙(テキスト)", "page to write (text)"))] = None,
    lang: Lang = None,
) -> int:
    """Show a fingerprint; returns the exit code."""
    screen = screen_for(lang)
    found = shown_key(site, key, _passphrase(key) if key is not None else "")
    screen.line(found.fingerprint, "bold")
    if out is not None:
        # With a byte-order mark and line ends of Windows: its old notepad shows the Japanese right.
        page = key_page(found, utc_now()).say(screen.language)
        write_whole(out, page.replace("\n", "\r\n").encode("utf-8-sig"))
        screen.line(Text(f"書きました: {out}", f"wrote {out}").say(screen.language), "green")
    return DONE


def _passphrase(key: Path) -> str:
    """The passphrase of a locked key: from the environment, else asked for at a terminal."""
    if not key.is_file() or not needs_passphrase(key):
        return ""
    return os.environ.get(PASSPHRASE, "") or _typed(key)


def _typed(key: Path) -> str:
    if sys.stdin is None or not sys.stdin.isatty():
        raise UserError(
            f"パスフレーズを尋ねる画面がありません。環境変数 {PASSPHRASE} で渡してください",
            f"there is no terminal to ask for the passphrase: give it in the variable {PASSPHRASE}",
        )
    return getpass.getpass(f"{key}: ")
