/*---
title: {ja: Windowsの更新が一つも入っていない, en: Not a single Windows update is installed}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 導入したときのまま使われています。その後に見つかった弱点がすべて残っています。
  en: The machine is as it was installed. Every flaw found since then is open.
message:
  ja: "{asset}: 適用された更新が一つもありません"
  en: "{asset}: no update is installed"
fix:
  cost: low
  ja: 更新してよいかを業者に確かめ、バックアップをとってから、まず最新の累積更新を一つ入れてください。
  en: Ask the vendor whether it may be updated, back it up, then begin with the latest cumulative update.
  run: |
    wmic qfe list brief
    # newer Windows without wmic
    Get-HotFix
ask:
  ja: 導入以来更新していない理由と、更新できる範囲を確認してください。
  en: Ask why nothing was updated since it was installed, and what may be.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    patches: [{asset: b, patch_id: KB1}]
    fails: [a]
  good:
    hosts: [{asset: a, platform: windows}]
    patches: [{asset: a, patch_id: KB1}]
    passes: [a]
---*/
select h.asset, h.evidence
from hosts h
where h.asset not in (select p.asset from patches p)
