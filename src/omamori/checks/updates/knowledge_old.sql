/*---
title: {ja: 判定に使う情報源が古い, en: A source the findings rest on is old}
severity: medium
subject: site
key: [feed]
why:
  ja: 新しく公表された脆弱性や更新は、その後に作られた知識パックにしかありません。古いままだと、あるはずのものが見つかりません。
  en: Flaws and updates published since are only in a newer pack. With an old one, what is there is not found.
message:
  ja: "{title_ja}: {as_of} 現在の情報です({age_days}日前。目安は{best_before}日)"
  en: "{title}: as of {as_of} ({age_days} days ago; it counts as old after {best_before})"
fix:
  cost: none
  ja: インターネットにつながるPCで新しい知識パックを作るか、作っている人から受け取り、取り込んでください。
  en: Make a new knowledge pack on a PC with Internet access, or get it from whoever makes yours, and import it.
  run: |
    omamori feeds status
    omamori feeds import NEW.omamori-pack
examples:
  now: 2026-01-31
  bad:          # one day too old, one nobody knows the day of, and a fresh one that does not speak for them
    knowledge_sources:
      - {feed: nvd, title: NVD, title_ja: NVD, as_of: 2025-12-30, age_days: 32, best_before: 31}
      - {feed: kev, title: KEV, title_ja: KEV, best_before: 31}
      - {feed: jvn, title: JVN, title_ja: JVN, as_of: 2026-01-30, age_days: 1, best_before: 31}
    fails: [[kev], [nvd]]
  good:
    knowledge_sources:
      - {feed: nvd, title: NVD, title_ja: NVD, as_of: 2025-12-31, age_days: 31, best_before: 31}
      - {feed: own, title: own, title_ja: own, as_of: 2020-01-01, age_days: 2222}
---*/
select feed, title, title_ja, as_of, age_days, best_before, evidence
from knowledge_sources
where best_before is not null and coalesce(age_days > best_before, true)
