/*---
title:
  ja: セキュリティ開示書(MDS/SDS)を受け取っていない
  en: No security disclosure form (MDS/SDS) received
severity: low
subject: vendor
key: [vendor]
scope: select vendor from ledger_assets
why:
  ja: 製品がどこまで守り、病院が何をすべきかの境目は、この書類にしか書かれていません。
  en: Only this form says what the product protects and what is left to the hospital.
message:
  ja: "{vendor}: 開示書(MDS/SDS)を受け取っていません"
  en: "{vendor}: no disclosure form (MDS/SDS) was received"
fix:
  cost: none
  ja: 業者に最新の様式での提出を依頼してください。無料で受け取れます。
  en: Ask the vendor for it in its newest form; it is free.
examples:
  now: 2026-01-31
  bad:
    vendors: [{vendor: A, mds: "no"}, {vendor: B}, {vendor: D, mds: "no"}]
    ledger_assets: [{asset: ehr, vendor: A}, {asset: pacs, vendor: B}, {asset: x}]
    fails: [A]
    unknowns: [[B]]
  good:
    vendors: [{vendor: A, mds: "yes"}]
    ledger_assets: [{asset: ehr, vendor: A}]
---*/
select vendor, if(mds = 'no', null, 'to_confirm') as unknown, evidence from vendors where coalesce(mds, '') <> 'yes'
