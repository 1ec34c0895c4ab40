/*---
title:
  ja: 承認者・理由・代わりの対策のない例外
  en: An exception without owner, reason or what protects instead
severity: medium
subject: site
key: [check_id, subject, finding_key]
why:
  ja: 誰がなぜ受け入れたか書かれていない例外は、直すのを忘れたことと見分けがつきません。
  en: An exception nobody signed looks the same as a repair that was forgotten.
message:
  ja: "{check_id}({subject}): 承認者・理由・代わりの対策のどれかが空欄です"
  en: "{check_id} ({subject}): owner, reason or what protects instead is empty"
fix:
  cost: none
  ja: 「例外」シートに、承認した人・直せない理由・代わりの対策を書いてください。
  en: Enter owner, reason and what protects instead in the sheet of exceptions.
examples:
  now: 2026-01-31
  bad:
    exceptions:
      - {check_id: a.b, subject: pc, reason: r, compensating: c}
      - {check_id: a.c, subject: pc, owner: o, compensating: c}
      - {check_id: a.d, subject: pc, owner: o, reason: r}
    fails: [[a.b, pc, all], [a.c, pc, all], [a.d, pc, all]]
  good:
    exceptions: [{check_id: a.b, subject: pc, owner: o, reason: r, compensating: c}]
---*/
select check_id, subject, coalesce(finding_key, 'all') as finding_key, evidence
from exceptions
where owner is null or reason is null or compensating is null
