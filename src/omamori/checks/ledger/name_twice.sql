/*---
title:
  ja: 同じ名前の機器が台帳に二つある
  en: Two machines of the ledger have one name
severity: low
subject: asset
key: [asset]
scope: select asset from assets where declared
why:
  ja: 名前が同じだと、見つかったことがどちらの話か分かりません。
  en: With one name nobody can tell which of the two a finding is about.
message:
  ja: "{asset}: 「機器」シートに{times}回あります"
  en: "{asset}: stands {times} times in the sheet of machines"
fix:
  cost: none
  ja: 場所や番号を付けて、別々の名前にしてください。
  en: Give each its own name, by place or number.
ask:
  ja: 業者の管理番号を聞き、名前に加えてください。
  en: Ask for the vendor's own number and add it to the name.
examples:
  now: 2026-01-31
  bad:
    ledger_assets: [{asset: pc, place: north}, {asset: pc, place: south}, {asset: ehr}, {asset: x}, {asset: x}]
    assets: [{asset: pc, declared: true}, {asset: ehr, declared: true}, {asset: x}]
    fails: [pc]
    passes: [ehr]
  good:
    ledger_assets: [{asset: pc}, {asset: ehr}]
    assets: [{asset: pc, declared: true}, {asset: ehr, declared: true}]
---*/
select asset, count(*) as times, min(evidence) as evidence from ledger_assets group by asset having count(*) > 1
