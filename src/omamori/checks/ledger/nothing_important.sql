/*---
title:
  ja: 止まると診療が止まる機器が選ばれていない
  en: No machine is marked as one that care depends on
severity: medium
subject: site
key: [site]
why:
  ja: 守る順番は、ここから決まります。選ばれていないと、最重要の機器のバックアップも確かめられません。
  en: What is protected first is decided by this. Without it not even the backup of the most important machine can be checked.
message:
  ja: "「機器」シートの{machines}台のうち、「止まると診療が止まるか」が はい の機器がありません"
  en: "none of the {machines} machines in the ledger is marked as one care depends on"
fix:
  cost: none
  ja: 電子カルテ、画像、検査のサーバから、はい を付けてください。
  en: Begin with the servers of EHR, imaging and laboratory.
examples:
  now: 2026-01-31
  bad:
    ledger_assets: [{asset: ehr, important: "no"}, {asset: pacs}]
    fails: [site]
  good:
    ledger_assets: [{asset: ehr, important: "yes"}, {asset: pacs}]
---*/
select 'site' as site, count(*) as machines, min(evidence) as evidence
from ledger_assets
having count(*) filter (important = 'yes') = 0
