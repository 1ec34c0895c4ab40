"""What is told about a restore besides its counts, in both languages."""

from __future__ import annotations

from omamori.backup.proof.manifest import NAME
from omamori.backup.proof.record import Proof
from omamori.backup.proof.run import Came
from omamori.model.text import Text


def broken(came: Came) -> Text | None:
    """Return the line of what broke it off; None when nothing did."""
    if came.because == "stopped":
        return Text(
            "止めました。済んだ分は記録しました。同じ指定でもう一度実行すると続きから始めます",
            "stopped; what was done is recorded. Run it again with the same words and it goes on",
        )
    return came.broken.text if came.broken else None


def what_to_tell(came: Came, proof: Proof, *, database: bool) -> tuple[Text, ...]:
    """Return what a person should know besides the counts. In: `database`: whether one was asked for."""
    told = []
    if proof.compared_with == "repository":
        told.append(
            Text(
                f"比べる一覧がないため、保存先が持つ検査値だけで確かめました。取る前に omamori backup manifest で一覧({NAME})を作ると、中身を1つずつ比べられます",
                f"there was no list to compare with: only the repository's own checksums vouch for it. "
                f"A list ({NAME}, omamori backup manifest) made before the backup lets every file be compared",
            )
        )
    elif proof.compared_with == "nothing":
        told.append(
            Text(
                "比べるものがなく、戻ったことだけを確かめました。中身が元と同じかは分かりません",
                "there was nothing to compare with: it came back, but whether the contents are those of then is not known",
            )
        )
    if proof.uncompared and came.manifest is not None:
        told.append(
            Text(
                f"一覧にないか、一覧より後に変わったファイル {proof.uncompared} 件は比べていません",
                f"{proof.uncompared} files are not in the list or changed after it was made, and were not compared",
            )
        )
    if proof.files_differ:
        told.append(
            Text(
                "一覧を作ってからバックアップまでの間に変わったファイルも「違う」になります。一覧はバックアップの直前に作ってください",
                "a file that changed between the list and the backup differs too: make the list right before the backup",
            )
        )
    if came.manifest is not None and came.manifest.strange:
        told.append(
            Text(f"一覧の {came.manifest.strange} 行は読めませんでした", f"{came.manifest.strange} lines of the list were not understood")
        )
    if came.too_large:
        told.append(
            Text(
                f"--space より大きいファイル {came.too_large} 件は戻していません",
                f"{came.too_large} files larger than --space were not restored",
            )
        )
    if database and proof.database is None and came.because is None:
        ja = "PostgreSQLのダンプがいくつもあります" if came.dumps > 1 else "戻した中にPostgreSQLのダンプがありません"
        en = "there are several dumps of PostgreSQL" if came.dumps > 1 else "no dump of PostgreSQL came back"
        told.append(Text(f"{ja}。--postgres で控えの中のパスを指定してください", f"{en}: name its path in the backup with --postgres"))
    if not proof.wiped:
        told.append(
            Text(
                "作業場所を空にできませんでした。次の実行でもう一度消します",
                "the scratch place could not be emptied: the next run tries again",
            )
        )
    return tuple(told)
