/*---
title: {ja: 公開から90日を過ぎた更新が入っていない, en: An update has been missing for more than 90 days}
severity: medium
subject: asset
key: [asset, patch_id]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 公表された弱点は、時間がたつほど攻撃の道具に組み込まれます。遅れが長いほど、一度に変わるものも増えます。
  en: The longer a flaw is published, the likelier it is in attackers' tools; and the longer the delay, the more changes at once.
message:
  ja: "{asset}: {patch_id} が入っていません。{behind_since} から遅れています(足りない更新 {lacking} 件、弱点 {flaws} 件)。経緯 {chain}"
  en: "{asset}: {patch_id} is missing; behind since {behind_since} ({lacking} updates, {flaws} flaws). Chain: {chain}"
fix:
  cost: low
  ja: バックアップを確かめてから、この更新を入れてください。閉じたネットワークでは、検査した媒体で更新ファイルを運べます。
  en: Check the backup, then install this update. In a closed network carry the file on a scanned medium.
  run: |
    # what is installed, newest first
    Get-HotFix | Sort-Object InstalledOn -Descending | Select-Object -First 5
ask:
  ja: この更新を入れられるのはいつですか。入れられないときは、その理由と代わりの対策を書面でください。
  en: When can this update be installed? If it cannot, send us the reason and the protection meanwhile in writing.
examples:
  now: 2026-01-31
  bad:          # what attackers use and the servicing stack have checks of their own
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: lx, platform: linux}]
    missing_patches:
      - {asset: a, patch_id: KB5034122, kind: cumulative, behind_since: 2025-11-01}
      - {asset: a, patch_id: KB5034441, kind: other, behind_since: 2025-11-02}
      - {asset: b, patch_id: KB5034275, kind: dotnet, behind_since: 2025-01-14, undecided: true, doubt: "version not seen"}
      - {asset: c, patch_id: KB5034122, kind: cumulative, behind_since: 2025-01-14, exploited: 1}
      - {asset: c, patch_id: KB5043124, kind: servicing_stack, behind_since: 2025-01-14}
      - {asset: lx, patch_id: KB5034122, behind_since: 2025-01-14}
    fails: [[a, KB5034122]]
    unknowns: [[b, KB5034275]]
  good:
    hosts: [{asset: a, platform: windows}]
    missing_patches: [{asset: a, patch_id: KB5034122, kind: cumulative, behind_since: 2025-11-02}]
    passes: [a]
---*/
select asset, patch_id, behind_since, lacking, flaws, chain, case when undecided then 'to_confirm' end as unknown, evidence
from missing_patches
where behind_since < $now - interval 90 days and exploited = 0 and kind <> 'servicing_stack'
