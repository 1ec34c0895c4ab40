/*---
title:
  ja: 期限の切れた、または期限のない例外
  en: An exception that has ended or has no end
severity: medium
subject: site
key: [check_id, subject, finding_key]
why:
  ja: 期限のない例外は、状況が変わっても見直されません。
  en: An exception without an end is never looked at again.
message:
  ja: "{check_id}({subject}): 期限: {expires}"
  en: "{check_id} ({subject}): ended: {expires}"
fix:
  cost: none
  ja: 直せるようになっていないか業者に聞き、まだなら一年以内の新しい期限を承認者と決めてください。
  en: Ask whether it can be mended by now; if not, agree on a new end within a year with the owner.
examples:
  now: 2026-01-31
  bad:
    exceptions: [{check_id: a.b, subject: pc, expires: 2026-01-30}, {check_id: a.c, subject: pc}]
    fails: [[a.b, pc, all], [a.c, pc, all]]
  good:
    exceptions: [{check_id: a.b, subject: pc, expires: 2026-01-31}]
---*/
select check_id, subject, coalesce(finding_key, 'all') as finding_key, expires, evidence
from exceptions
where expires is null or expires < $now
