/*---
title: {ja: 更新の土台(サービススタック)の更新が入っていない, en: The servicing-stack update is missing}
severity: medium
subject: asset
key: [asset, patch_id]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 更新を入れる仕組みそのものの更新です。これがないと、その後の更新が入らないことがあります。
  en: It updates what installs updates. Without it later ones may fail to install.
message:
  ja: "{asset}: {patch_id} が入っていません。{posted} に公開された、更新の仕組みの更新です。経緯 {chain}"
  en: "{asset}: {patch_id} is missing; the servicing stack of {posted}. Chain: {chain}"
fix:
  cost: low
  ja: バックアップを確かめてから、ほかの更新より先に、この更新を入れてください。閉じたネットワークでは、検査した媒体で更新ファイルを運べます。
  en: Check the backup, then install this one before other updates. In a closed network carry the file on a scanned medium.
  run: |
    # what is installed, newest first
    Get-HotFix | Sort-Object InstalledOn -Descending | Select-Object -First 5
ask:
  ja: この更新を入れられるのはいつですか。入れられないときは、その理由と代わりの対策を書面でください。
  en: When can this update be installed? If it cannot, send us the reason and the protection meanwhile in writing.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    missing_patches:
      - {asset: a, patch_id: KB5043124, kind: servicing_stack, posted: 2024-09-11}
      - {asset: a, patch_id: KB5034122, kind: cumulative, posted: 2024-09-11}
      - {asset: b, patch_id: KB5043124, kind: servicing_stack, undecided: true, doubt: "the list was cut"}
      - {asset: lx, patch_id: KB5043124, kind: servicing_stack}
    fails: [[a, KB5043124]]
    unknowns: [[b, KB5043124]]
  good:
    hosts: [{asset: a, platform: windows}]
    missing_patches: [{asset: a, patch_id: KB5034122, kind: cumulative}]
    passes: [a]
---*/
select asset, patch_id, posted, chain, case when undecided then 'to_confirm' end as unknown, evidence
from missing_patches
where kind = 'servicing_stack'
