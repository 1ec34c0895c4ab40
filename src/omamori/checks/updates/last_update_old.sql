/*---
title:
  ja: 半年以上更新されていない
  en: Not updated for half a year
severity: high
subject: asset
key: [asset]
why:
  ja: 公開から数日で攻撃に使われる弱点もあります。半年止まった機器は、侵入後に広がる足場になります。
  en: Some flaws are used days after they are published. A machine left for half a year is where an intruder spreads from.
message:
  ja: "{asset}: 最後の更新は {last} です"
  en: "{asset}: last updated: {last}"
fix:
  cost: low
  ja: バックアップを確かめてから更新し、以後の周期を決めてください。
  en: Check the backup, update, and settle how often from now on.
  run: "sudo apt-get update && sudo apt-get upgrade   # or: sudo dnf upgrade"
ask:
  ja: 更新を止めている理由と、次に更新できる時期を確認してください。
  en: Ask why updates are held back, and when the next one can be made.
examples:
  now: 2026-01-31
  bad:
    update_policy: [{asset: a, last_update: "2025-08-02 23:59:59"}, {asset: b}]
    fails: [a]
    unknowns: [[b]]
  good:
    update_policy: [{asset: a, last_update: "2025-08-03 00:00:00"}]
    passes: [a]
---*/
select asset, last_update as last, case when last_update is null then 'not_collected' end as unknown, evidence
from update_policy
where last_update is null or last_update < $now - interval 181 days
