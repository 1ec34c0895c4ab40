/*---
title: {ja: 知識パックがまだ取り込まれていない, en: No knowledge pack was imported yet}
severity: medium
subject: site
key: [site]
why:
  ja: お守りに付属する情報は、サポート期限と代表的な脆弱性だけです。WindowsやLinuxの更新、アプリケーションの脆弱性の多くは、知識パックがないと分かりません。
  en: What ships with Omamori are end dates and some well-known flaws. Most updates of Windows and Linux and most flaws of applications are only known with a pack.
message:
  ja: "判定に使ったのは付属の情報だけです({as_of} 現在、{records}件)"
  en: "only the facts that ship inside were used (as of {as_of}, {records} records)"
fix:
  cost: none
  ja: インターネットにつながるPCで知識パックを作る(月1回、ダブルクリックでできます)か、作っている人から受け取り、取り込んでください。
  en: Make a knowledge pack on a PC with Internet access (a double-click once a month), or get one from somebody who does, and import it.
  run: |
    omamori feeds build --download FOLDER --out NEW.omamori-pack
    omamori feeds import NEW.omamori-pack
examples:
  now: 2026-01-31
  bad:
    knowledge_sources: [{feed: starter, as_of: 2025-12-30, records: 27000}]
    fails: [site]
  good:
    knowledge_sources: [{feed: starter, as_of: 2025-12-30, records: 27000}, {feed: nvd, as_of: 2026-01-30}]
---*/
select 'site' as site, max(as_of) as as_of, sum(records) as records, min(evidence) as evidence
from knowledge_sources
having count(*) filter (feed <> 'starter') = 0
