/*---
title:
  ja: 保守業者の分からない医療機器
  en: A medical device without a vendor
severity: high
subject: asset
key: [asset]
scope: select asset from assets where medical
why:
  ja: 医療機器は病院の判断だけでは変更できません。弱点が公表されたとき、聞く相手が必要です。
  en: A hospital may not change a medical device on its own. When a flaw is published somebody has to be asked.
message:
  ja: "{asset}: 医療機器ですが、保守業者({vendor})が「業者」シートにありません"
  en: "{asset}: a medical device whose vendor ({vendor}) is not in the sheet of vendors"
fix:
  cost: none
  ja: 銘板か添付文書で製造販売業者を調べ、「業者」と「機器」のシートに書いてください。
  en: See the name plate or the manual and enter the maker in both sheets.
ask:
  ja: 製造販売業者に、保守の窓口と、弱点が見つかったときの連絡方法を確認してください。
  en: Ask the maker for its service contact and how it tells of flaws.
examples:
  now: 2026-01-31
  bad:
    vendors: [{vendor: A}]
    assets: [{asset: mri, medical: true}, {asset: ct, medical: true, vendor: B}, {asset: us, medical: true, vendor: A}, {asset: pc}]
    fails: [mri, ct]
    passes: [us]
  good:
    vendors: [{vendor: A}]
    assets: [{asset: us, medical: true, vendor: A}]
---*/
select a.asset, a.vendor, a.evidence
from assets a left join vendors v on v.vendor = a.vendor
where v.vendor is null
