/*---
title:
  ja: まもなく期限の切れる例外
  en: An exception that ends soon
severity: low
subject: site
key: [check_id, subject, finding_key]
why:
  ja: 期限が切れた日に、守るものも次の手も決まっていない状態になります。業者への確認には時間がかかります。
  en: On the day it ends nothing is settled any more; asking a vendor takes weeks.
message:
  ja: "{check_id}({subject}): 期限は {expires} です"
  en: "{check_id} ({subject}): ends on {expires}"
fix:
  cost: none
  ja: 直せるようになったかを業者に聞き、まだなら代わりの対策を見直して、新しい期限を承認者と決めてください。
  en: Ask whether it can be mended by now; if not, look at what protects instead again and agree on a new end.
examples:
  now: 2026-01-31
  bad:
    exceptions:
      - {check_id: a.b, subject: pc, expires: 2026-01-31}
      - {check_id: a.c, subject: pc, expires: 2026-04-01}
      - {check_id: a.d, subject: pc, expires: 2026-04-02}
      - {check_id: a.e, subject: pc, expires: 2026-01-30}
      - {check_id: a.f, subject: pc}
    fails: [[a.b, pc, all], [a.c, pc, all]]
  good:
    exceptions: [{check_id: a.b, subject: pc, expires: 2026-04-02}]
---*/
select check_id, subject, coalesce(finding_key, 'all') as finding_key, expires, evidence
from exceptions
where expires >= $now and expires <= $now + interval 60 days
