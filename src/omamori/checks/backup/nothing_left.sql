/*---
title: {ja: サーバを奪われると、残る控えがない, en: "With the server taken, no copy is left"}
severity: critical
subject: asset
key: [asset]
scope: select asset from backup_chains where copies > 0
why:
  ja: 公表された被害では、サーバ、バックアップサーバ、控えの順に失われ、戻すものが何も残りませんでした。一つでも離れた控えがあれば、連鎖はそこで止まります。
  en: In published incidents the server went first, then the backup server, then the copies, and nothing was left to come back from. A single copy kept apart ends the chain.
message:
  ja: "{asset}: 残ると確かめられた控えがありません(控え{copies}件: {told})。{chain_told}"
  en: "{asset}: no copy was seen to survive ({copies} copies: {told}). {chain_told}"
fix:
  cost: low
  ja: 今夜一つだけ、外付けディスクに取って抜き、別の部屋に置いてください。続けるには「抜いて交互に使うディスク」か、今あるNASを使う「取るときだけつなぐNAS」から選びます。保存先のパスワードもサーバと分けてください。
  en: Tonight make one copy on a removable disk, unplug it and keep it in another room. To go on, choose between removable disks in turn and a NAS connected only while copying. Give the place that keeps it a password of its own.
ask:
  ja: サーバとその管理者のIDを奪われたとき、どの控えが残るかを業者に図で示してもらってください。
  en: Ask the vendor to draw which copy survives when the server and its administrator's account are taken.
examples:
  now: 2026-01-31
  bad:
    backup_chains:
      - {asset: ehr, copies: 2, surviving: 0, untold: 0, chain: ehr > nas > nothing left}
      - {asset: ris, copies: 2, surviving: 0, untold: 1}
      - {asset: lab, copies: 2, surviving: 1, untold: 1}
      - {asset: pc, copies: 0, surviving: 0}
    fails: [ehr]
    unknowns: [[ris]]
    passes: [lab]
  good:
    backup_chains: [{asset: lab, copies: 3, surviving: 1, untold: 2}]
    passes: [lab]
---*/
select asset, copies, coalesce(chain, '') as chain_told, told, case when untold > 0 then 'to_confirm' end as unknown, evidence
from backup_chains
where surviving = 0
