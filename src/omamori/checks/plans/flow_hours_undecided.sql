/*---
title:
  ja: 何時間まで止めてよいか決まっていない診療の通信
  en: A connection of care, and nobody has said how long it may stop
severity: medium
subject: asset
key: [asset]
scope: select asset from designed_flows where clinical = 'yes'
why:
  ja: 遮断の前に、診療の責任者は「何時間まで止めてよいか」で決めます。書かれていないと、その場で部門に電話して回ることになります。
  en: Before a block, who answers for the care decides by how long each may stop. Where that is not written, departments are called one by one while it spreads.
message:
  ja: "{asset}: 診療の通信{flows}件に、止めてよい時間がありません(例: {example})"
  en: "{asset}: {flows} connections of care without the hours they may stop (for example {example})"
fix:
  cost: none
  ja: 使う部門と決め、「設計通信」シートの「止めてよい時間」か、「機器」シートの「目標復旧時間」に書いてください。まったく止められなければ 0 と書きます。
  en: Settle it with those who use it and enter the hours in the sheet of designed flows, or the recovery hours of the machine. Write 0 where it must not stop at all.
ask:
  ja: 「この機器の通信が切れたとき、何時間まで診療を続けられますか。その間はどうしますか」と、使う部門と業者に確認してください。
  en: Ask those who use it, and its vendor, "When it is cut off, for how many hours can care go on, and how?"
examples:
  now: 2026-01-31
  bad:
    ledger_assets: [{asset: ehr}, {asset: pacs, recovery_hours: 4}, {asset: lab}, {asset: pump}]
    designed_flows:
      - {asset: ehr, peer: b, clinical: "yes"}
      - {asset: ehr, peer: c, clinical: "yes", bearable_hours: 2}
      - {asset: pacs, peer: d, clinical: "yes"}
      - {asset: lab, peer: e, clinical: "yes", bearable_hours: 0}
      - {asset: lab, peer: f, clinical: "no"}
      - {asset: pump, peer: g, clinical: "yes", needed: "no"}
      - {asset: gone, peer: h, clinical: "yes", needed: "yes"}
    fails: [ehr, gone]
  good:
    ledger_assets: [{asset: ehr}, {asset: lab}]
    designed_flows: [{asset: ehr, peer: b, clinical: "yes", bearable_hours: 1}, {asset: lab, peer: c}]
    passes: [ehr]
---*/
select f.asset, count(*) as flows, min(f.peer) as example, min(f.evidence) as evidence
from designed_flows f left join ledger_assets l on l.asset = f.asset
where f.clinical = 'yes' and coalesce(f.needed, 'yes') <> 'no' and f.bearable_hours is null and l.recovery_hours is null
group by f.asset
