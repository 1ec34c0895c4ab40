"""Tables of backups as they are: runs, repositories that were read, what an attacker left in them, restores that were proven."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from omamori.model.schema import asset_column, col, evidence_column, source_column
from omamori.model.text import values

TARGET_KINDS = values(
    ("same-host", "同じ機器の中", "inside the machine"),
    ("network-mount", "つないだ共有", "a mounted share"),
    ("remote-host", "別の機器", "another machine"),
    ("removable", "取り外せる媒体", "a medium that can be taken out"),
    ("tape", "テープ", "tape"),
    ("object-storage", "クラウドの保存先", "object storage"),
    ("unknown", "分からない", "not known"),
)
SIGNS = values(
    ("looks-encrypted", "中身が暗号化されたように見える", "contents look encrypted"),
    ("renamed", "同じ語尾を付けて一斉に名前が変わった", "many files got the same new ending"),
    ("ransom-extension", "ランサムウエアが付ける語尾", "an ending ransomware gives"),
    ("ransom-note", "脅迫文と思われるファイル", "a file that looks like a ransom note"),
    ("mass-change", "いつもより桁違いに多くのファイルが変わった", "many times more files changed than usual"),
    ("mass-loss", "多くのファイルがなくなった", "many files are gone"),
    ("canary-changed", "確認用ファイルの中身が変わった", "the canary file was altered"),
    ("canary-missing", "確認用ファイルがない", "the canary file is missing"),
)
HARMS = values(
    ("missing", "なくなっている", "missing"),
    ("altered", "書いたときと中身が違う", "not as it was written"),
    ("cut-short", "途中で切れている", "cut short"),
    ("unreadable", "媒体から読めない", "cannot be read from the medium"),
)
"""What is wrong with a part, where `backup_damage.detail` says it by a code; it may also say it in words."""
COMPARED = values(
    ("manifest", "取ったときのハッシュの一覧", "the list of hashes made at backup time"),
    ("manifest-inside", "控えの中にあったハッシュの一覧", "a list of hashes found inside the backup"),
    ("repository", "保存先が持つ検査値だけ", "only the checksums the repository keeps"),
    ("nothing", "比べるものがない", "nothing to compare with"),
)
PROOF_BECAUSE = values(
    ("failed", "バックアップのプログラムが読めない部分を報告した", "the backup program told of parts it could not read"),
    ("empty", "この世代にはファイルが1つもない", "this generation holds no file"),
    ("nothing-came-back", "何も戻らなかった", "nothing came back"),
    ("database", "戻したダンプはデータベースとして使えなかった", "the restored dump did not work as a database"),
    (
        "mostly-uncompared",
        "半分を超えるファイルが一覧にないか、一覧より新しい",
        "most files are not in the list of hashes or newer than it",
    ),
    ("larger-than-space", "使ってよい大きさ(--space)より大きいファイルがある", "files larger than the space allowed (--space)"),
)
"""Why a restore came to nothing or not to all; besides the reasons of `UNREADABLE`."""
UNREADABLE = values(
    ("wrong-password", "保管しているパスワードでは開かない", "the password that is kept does not open it"),
    ("unreachable", "つながらない", "it cannot be reached"),
    ("not-a-repository", "バックアップの置き場所ではない", "it is no place of backups"),
    ("program-missing", "読むためのプログラムがない", "the program that reads it is not installed"),
    ("gone", "途中でつながらなくなった", "it went away half-way"),
    ("no-space", "作業場所に空きがない", "no space was left to work in"),
    ("stopped", "途中で止めた", "it was stopped"),
    ("failed", "プログラムが失敗した", "the program failed"),
)
PROOF_RESULTS = values(
    ("whole", "すべて一致", "everything matched"),
    ("differs", "違いがあった", "differences were found"),
    ("incomplete", "途中まで", "incomplete"),
    ("failed", "戻せなかった", "could not be restored"),
    ("told", "戻せたと書かれているだけ", "only told to have come back"),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class BackupGeneration:
    """One run of a backup as the machine or the repository lists it."""

    asset: str = asset_column()
    job: str = col("Job or product it belongs to: windows-backup, shadow-copy, restic and others.", default="")
    generation: str = col("Identifier of the run.", default="")
    finished: datetime | None = col("Moment it was finished.")
    ok: bool | None = col("Whether it was completed; NULL when the list does not tell.")
    target: str | None = col("Where the copy lies, as written; credentials removed.")
    target_kind: str | None = col("Kind of target.", values=TARGET_KINDS)
    recovers: str | None = col("What can be brought back from it, as written.")
    repository: str | None = col("Repository it lies in, as in backup_repositories; NULL where a machine lists its own runs.")
    account: str | None = col("Account it was made by, as the repository tells.")
    files: int | None = col("Number of files in it.")
    size: int | None = col("Bytes that come back from it.")
    added: int | None = col("Bytes this run added to the repository.")
    gone: bool = col("Whether an earlier look listed it and the present one does not.", default=False)
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class BackupRepository:
    """A repository, folder or product's store of backups, as it was found when it was read. One row per machine whose copies it holds."""

    asset: str = asset_column()
    job: str = col("Name of the backup, as in declared_backups where one was named; else the product.", default="")
    repository: str = col("Identity of the repository: product and its own identifier.", default="")
    product: str = col("restic, borg, folder, dumps, veeam and others.", default="")
    version: str | None = col("Version of its format.")
    target: str | None = col("Where it lies, as written; credentials removed.")
    target_kind: str | None = col("Kind of target.", values=TARGET_KINDS)
    kept_on: str | None = col("Host name or address of the machine it lies on, as told or seen; NULL when not known.")
    medium: str | None = col("Label or identifier of the medium it lies on, where it is one that can be taken out.")
    readable: bool | None = col("Whether it could be opened; false also where the password was wrong.")
    unreadable_because: str | None = col("Why not: wrong-password, unreachable, not-a-repository, program-missing, gone.")
    structure_ok: bool | None = col("Whether its own lists fit together; NULL when they were not looked at.")
    said: str | None = col("What was wrong with it, in short.")
    locks: int | None = col("Locks found in it.")
    stale_lock_since: datetime | None = col("Moment of the oldest lock, where it is older than a day.")
    parts: int | None = col("Files or segments it consists of.")
    parts_read: int | None = col("Of these, how many were read to the last byte and compared, counted over the runs of one round.")
    bytes_total: int | None = col("Bytes it consists of.")
    bytes_read: int | None = col("Of these, how many were read in the present round.")
    whole_since: datetime | None = col("Every byte was read since this moment; NULL while some never were.")
    damaged_parts: int | None = col("Parts that are damaged or missing, as far as was read.")
    encrypted: bool | None = col("Whether its contents are encrypted.")
    append_only: bool | None = col("Whether it takes new copies and lets nobody delete old ones over the network; NULL when not known.")
    append_only_because: str | None = col("What shows it.")
    locked_until: datetime | None = col(
        "Moment until which nobody can delete the newest copy (object lock, WORM); NULL where there is none."
    )
    lock_renewed: bool | None = col("Whether the lock of older copies that are still needed is renewed; NULL when not known.")
    deleters: str | None = col("Accounts that can delete it, as the file system or the product shows; separated by commas.")
    canary: bool | None = col("Whether a canary file was set for this machine.")
    looked_into: bool | None = col("Whether the contents of generations were compared for traces of an attacker.")
    clean_generation: str | None = col("Newest generation in which no trace of an attacker was found.")
    clean_finished: datetime | None = col("Moment it was finished.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class BackupDamage:
    """A damaged or missing part of a repository, and what is lost by it."""

    asset: str = asset_column()
    job: str = col("Name of the backup.", default="")
    repository: str = col("Repository, as in backup_repositories.", default="")
    part: str = col("File or segment of the repository, relative to it.", default="")
    detail: str = col("What is wrong with it.", default="")
    generations: str | None = col("Generations that need it, separated by commas; NULL when that could not be told.")
    files: int | None = col("Number of files that cannot come back whole from these; NULL when that could not be told.")
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class BackupSign:
    """A trace of an attacker, or of something as sudden, between one generation and the one before it. Names of files are not kept."""

    asset: str = asset_column()
    job: str = col("Name of the backup.", default="")
    repository: str = col("Repository, as in backup_repositories.", default="")
    generation: str = col("First generation that shows it.", default="")
    finished: datetime | None = col("Moment it was finished.")
    kind: str = col("What was seen.", default="", values=SIGNS)
    detail: str = col("Counts and endings, without names of files.", default="")
    share: float | None = col("Share of the files looked at, from 0 to 1.")
    certain: bool = col("Whether it can hardly have another cause.", default=False)
    source: str = source_column()
    evidence: str = evidence_column()


@dataclass(frozen=True, kw_only=True, slots=True)
class RestoreProof:
    """A restore that was really done into a scratch place and compared: one dated record each."""

    asset: str = asset_column()
    job: str = col("Name of the backup.", default="")
    repository: str = col("Repository, as in backup_repositories.", default="")
    generation: str = col("Generation that was restored.", default="")
    generation_finished: datetime | None = col("Moment that generation was finished.")
    began: datetime | None = col("Moment the restore began.")
    ended: datetime | None = col("Moment it ended or was broken off.")
    result: str = col("What came of it.", default="", values=PROOF_RESULTS)
    because: str | None = col("Why it is incomplete or failed, in short.")
    compared_with: str = col("What the restored files were compared with.", default="nothing", values=COMPARED)
    scope: str = col("all, or sample where a rotating part was restored.", default="")
    files: int | None = col("Files restored.")
    files_same: int | None = col("Of these, how many had the expected hash.")
    files_differ: int | None = col("How many had another.")
    files_lacking: int | None = col("How many of the expected ones did not come back.")
    bytes: int | None = col("Bytes restored.")
    share: float | None = col("Share of the generation's bytes proven so far in the present round, from 0 to 1.")
    seconds: float | None = col("Seconds the restore and the comparison took.")
    whole_seconds: float | None = col("Seconds a restore of the whole generation would take at that speed.")
    database: str | None = col("Database that was started on the restored copy, with its version.")
    database_ok: bool | None = col("Whether it started and the check query gave what was expected; NULL where none was started.")
    wiped: bool | None = col("Whether the scratch place was emptied afterwards.")
    said_by: str | None = col("Who ran it, as typed.")
    source: str = source_column()
    evidence: str = evidence_column()
