/*---
title: {ja: OSのサポートが半年以内に終わる, en: Support of the operating system ends within half a year}
severity: medium
subject: asset
key: [asset, product]
why:
  ja: 病院の入れ替えは予算と業者の都合で半年以上かかります。今なら次の予算に間に合います。
  en: Replacing a system in a hospital takes more than half a year of budget and appointments. Now there is still time.
message:
  ja: "{asset}: {label} のサポートは {ends} に終わります"
  en: "{asset}: support of {label} ends on {ends}"
fix:
  cost: medium
  ja: 後継の版で業務ソフトが動くかを業者に確かめ、入れ替えの日と予算を決めてください。
  en: Ask the vendor whether the software runs on the next version, and settle the day and the budget.
ask:
  ja: この機器のOSは半年以内にサポートが終わります。後継への更新の予定と費用を教えてください。
  en: Support of this machine's system ends within half a year. When and at what cost will it be upgraded?
examples:
  now: "2026-01-31 00:00:00"
  bad:
    support:
      - {asset: a, product: debian, version: "12", label: Debian 12, ends: 2026-07-30}
      - {asset: b, product: debian, version: "11", label: Debian 11, ends: 2026-01-30}
    fails: [[a, debian], [b, debian]]
  good:
    support:
      - {asset: later, product: debian, version: "13", label: Debian 13, ends: 2026-07-31}
      - {asset: over, product: debian, version: "10", label: Debian 10, ends: 2026-01-29}
      - {asset: line, product: fortios, version: "7.2", label: FortiOS 7.2, ends: 2026-03-30, kind: device}
      - {asset: open, product: rolling, version: "1", label: rolling}
    passes: [later, over, line, open]
---*/
select asset, product, label, ends, evidence
from support
where kind = 'os' and ends >= $now - interval 1 day and ends <= $now + interval 180 days
