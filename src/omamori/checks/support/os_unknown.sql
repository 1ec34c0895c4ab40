/*---
title: {ja: OSのサポート期限が分からない, en: Nothing is known about the support of the operating system}
severity: low
subject: asset
key: [asset, product]
why:
  ja: いつまで修正が届くか分からない機器は、入れ替えの計画から漏れます。
  en: A machine whose repairs end on an unknown day is left out of every plan.
message:
  ja: "{asset}: {label}(版 {version})の期限が資料にありません。製造元で確かめてください"
  en: "{asset}: the facts hold no date for {label} (version {version}); see its maker's page"
fix:
  cost: none
  ja: 製造元のページで終了日を調べ、「機器」シートの備考に控えてください。
  en: Look up the day on the maker's page and note it in the ledger.
ask:
  ja: この機器のOSの名前と版、サポートの終了日を教えてください。
  en: What is the name and version of this machine's system, and when does its support end?
examples:
  now: 2026-01-31
  bad:
    support: [{asset: a, product: own-linux, version: "3", label: Own Linux}]
    unknowns: [[a, own-linux]]
  good:
    support:
      - {asset: b, product: debian, version: "12", ends: 2028-06-30, fact: the maker}
      - {asset: rolling, product: arch, version: "1", fact: the maker}
      - {asset: vpn, product: rtx, version: "14", kind: device}
    passes: [b, rolling, vpn]
---*/
select asset, product, version, label, 'to_confirm' as unknown, evidence
from support
where fact is null and kind <> 'device'
