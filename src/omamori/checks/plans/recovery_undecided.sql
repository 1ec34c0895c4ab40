/*---
title:
  ja: 戻す順番と時間が決まっていない機器
  en: A machine without a place and time in the recovery
severity: medium
subject: asset
key: [asset]
scope: select asset from assets where important
why:
  ja: 止まると診療が止まる機器です。順番と「何時間まで止まってよいか」は、その日に決めようとすると部門どうしの話し合いで半日過ぎます。
  en: Care stops without it. Order and hours cost half a day of talks between departments when they are settled on the day.
message:
  ja: "{asset}: {lacks_ja}が書かれていません"
  en: "{asset}: {lacks_en} not entered"
fix:
  cost: none
  ja: 診療部門と話し合い、「機器」シートの「復旧の順番」「目標復旧時間」「失ってよい記録」を埋めてください。
  en: Talk it over with the departments and fill in recovery order, hours within which it should be back, and hours that may be lost.
ask:
  ja: 「この機器は、丸ごと失われたとき何時間で戻せますか。記録は何時間分失われますか」と確認してください。
  en: Ask "If it is lost whole, within how many hours can it be back, and how many hours of records are lost?"
examples:
  now: 2026-01-31
  bad:
    assets:
      - {asset: a, important: true}
      - {asset: b, important: true}
      - {asset: c, important: true}
      - {asset: d, important: true}
      - {asset: e, important: false}
    ledger_assets:
      - {asset: a, recovery_hours: 1, loss_hours: 1}
      - {asset: b, recovery_order: 1, loss_hours: 1}
      - {asset: c, recovery_order: 1, recovery_hours: 1}
      - {asset: d, recovery_order: 1, recovery_hours: 1, loss_hours: 0}
      - {asset: e}
    fails: [a, b, c]
  good:
    assets: [{asset: d, important: true}, {asset: e, important: false}]
    ledger_assets: [{asset: d, recovery_order: 1, recovery_hours: 1, loss_hours: 0}, {asset: e}]
    passes: [d]
---*/
select asset,
  concat_ws('・', if(recovery_order is null, '復旧の順番', null), if(recovery_hours is null, '目標復旧時間', null), if(loss_hours is null, '失ってよい記録', null)) as lacks_ja,
  concat_ws(', ', if(recovery_order is null, 'recovery order', null), if(recovery_hours is null, 'hours until back', null), if(loss_hours is null, 'hours that may be lost', null)) as lacks_en,
  evidence
from ledger_assets
where recovery_order is null or recovery_hours is null or loss_hours is null
