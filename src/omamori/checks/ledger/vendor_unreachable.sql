/*---
title:
  ja: 業者の連絡先が書かれていない
  en: A vendor without telephone or contact
severity: medium
subject: vendor
key: [vendor]
why:
  ja: 夜中に止まったとき、最初に必要なのは電話番号です。
  en: When systems stop at night, a telephone number is needed first.
message:
  ja: "{vendor}: 電話または担当者が空欄です"
  en: "{vendor}: telephone or contact is empty"
fix:
  cost: none
  ja: 契約書か名刺を見て、時間外も通じる番号を「業者」シートに書いてください。
  en: See the contract and enter a number that is answered outside hours, too.
examples:
  now: 2026-01-31
  bad:
    vendors: [{vendor: A, contact: desk}, {vendor: B, phone: 00-0000-0000}, {vendor: C, phone: 00-0000-0000, contact: desk}]
    fails: [A, B]
    passes: [C]
  good:
    vendors: [{vendor: C, phone: 00-0000-0000, contact: desk}]
---*/
select vendor, evidence from vendors where phone is null or contact is null
