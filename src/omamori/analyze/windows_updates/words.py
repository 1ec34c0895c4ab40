"""The doubts about a missing update, in both languages: what has to be confirmed, and by looking where."""

from __future__ import annotations

from collections.abc import Sequence

from omamori.model.text import Text

DOUBTS = {
    "list_incomplete": Text(
        "入っている更新の一覧を最後まで、または最近は見られていません。`wmic qfe` か設定画面の更新履歴で、この更新があるか確かめてください",
        "The list of installed updates was not seen whole, or not lately: look for this update in `wmic qfe` or in the update history",
    ),
    "newer_unknown": Text(
        "情報源にない、より新しい番号の更新が入っています。それに含まれているかもしれません。新しい情報源で判定し直すか、ビルド番号を確かめてください",
        "An update with a later number than the pack knows is installed and may hold it: judge again with a newer pack, or look at the build",
    ),
    "preview": Text(
        "情報源にない更新が入っていて、この弱点はもう閉じているかもしれません。ビルド番号を確かめてください",
        "An update the pack does not know is installed and may have closed this flaw already: look at the build",
    ),
    "other_architecture": Text(
        "Microsoftの表は、この更新を同じ版の別の種類のプロセッサについてだけ挙げています。更新履歴で確かめてください",
        "Microsoft's table names this update only for another architecture of the same version: look at the update history",
    ),
    "maybe_included": Text(
        "あとに出た累積更新に含まれているかどうかを、Microsoftの表は示していません。更新のページで確かめてください",
        "Microsoft's table does not say whether a later cumulative update holds it: look at the update's page",
    ),
    "after_support": Text(
        "Microsoftの表は、サポートが終わったあとの日付でこの版にこの更新を挙げています。この版のための更新か、更新のページで確かめてください",
        "Microsoft's table names it for this version after its support ended: look at the update's page whether it is meant for this version",
    ),
    "framework": Text(
        ".NET Frameworkの版が見えていません。版によって必要な更新が違います。収集キットでもう一度集めるか、版と更新履歴を確かめてください",
        "The version of .NET Framework was not seen, and each needs another update: collect again with the kit, or look at the version and the history",
    ),
    "framework_unlisted": Text(
        "Microsoftの表は、このWindowsの.NET Frameworkのこの版に更新を挙げていません。サポートが終わった版かもしれません。新しい版に上げられるか業者に確かめてください",
        "Microsoft's table names no update for this version of .NET Framework on this Windows; its support may have ended: ask the vendor "
        "whether it can be replaced by a newer version",
    ),
    "framework_part": Text(
        "情報源にない、近い番号の更新が入っています。.NET Frameworkの更新は部品の番号で一覧に載ることがあります。更新履歴でこの番号を確かめてください",
        "An update with a number close to it that the pack does not know is installed; updates of .NET Framework may be listed "
        "under the number of a part: look for this number in the update history",
    ),
    "service_pack": Text(
        "サービスパックが見えていません。最後のサービスパックが入っているものとして判定しました",
        "The service pack was not seen: judged as if the last one were installed",
    ),
    "product_update": Text(
        "この製品は、更新の表では判定していません。更新がWindowsの更新の一覧に載らないためです。製品の画面で版を見て、最新の更新か業者に確かめてください",
        "This product is not judged by the table of updates, since its updates are not in Windows' list: look at the version in the product itself, "
        "and ask its vendor whether that is the newest",
    ),
    "flash_player": Text(
        "Windowsに付いていたFlash Playerは、更新の表では判定していません。提供は終わっています。残っていれば、KB4577586か2021年7月以後の累積更新で取り除けます",
        "The Flash Player that came with Windows is not judged by the table of updates. It has ended: where it is still there, KB4577586 or a cumulative "
        "update since July 2021 removes it",
    ),
}
"""Reason → its sentence."""


def doubt_text(reasons: Sequence[str]) -> Text | None:
    """Return one text of several reasons; None where there is none."""
    if not reasons:
        return None
    texts = [DOUBTS[reason] for reason in dict.fromkeys(reasons)]
    return Text("。".join(text.ja for text in texts), "; ".join(text.en for text in texts))
