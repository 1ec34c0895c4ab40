/*---
title:
  ja: 担当の決まっていない機器
  en: A machine nobody looks after
severity: medium
subject: asset
key: [asset]
scope: select asset from assets where declared
why:
  ja: 誰の担当でもない機器は、更新も、止まったときの連絡も、誰もしません。
  en: What is nobody's duty is not updated, and nobody is called when it stops.
message:
  ja: "{asset}: 所有・管理または保守業者が書かれていません"
  en: "{asset}: owner or vendor is not entered"
fix:
  cost: none
  ja: 「機器」シートの「所有・管理」と「保守業者」を埋めてください。院内で保守するものは、所有・管理を「病院」にします。
  en: Fill in owner and vendor in the sheet of machines; for your own, choose the hospital as owner.
ask:
  ja: 「この機器は御社の保守対象ですか。対象外なら、どこに聞けばよいですか」と確認してください。
  en: Ask "Is this machine under your contract? If not, who looks after it?"
examples:
  now: 2026-01-31
  bad:
    ledger_assets: [{asset: a}, {asset: b, owner: vendor}, {asset: c, owner: lease}, {asset: d, vendor: A}]
    assets: [{asset: a, declared: true}, {asset: b, declared: true}, {asset: c, declared: true}, {asset: d, declared: true}, {asset: e}]
    fails: [a, b, c, d]
  good:
    ledger_assets: [{asset: a, owner: hospital}, {asset: b, owner: vendor, vendor: A}, {asset: e}]
    assets: [{asset: a, declared: true}, {asset: b, declared: true}, {asset: e}]
    passes: [a, b]
---*/
select asset, evidence
from ledger_assets
where owner is null or (owner <> 'hospital' and vendor is null)
