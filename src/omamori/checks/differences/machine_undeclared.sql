/*---
title: {ja: 台帳にない機器がある, en: A machine that the ledger does not know}
severity: high
subject: site
key: [machine]
why:
  ja: 知らない機器は、更新もバックアップもされず、被害のときに数えられません。
  en: A machine nobody knows is not updated, not backed up, and not counted in an incident.
message:
  ja: "{machine} は台帳にありません"
  en: "{machine} is not in the ledger"
fix:
  cost: none
  ja: 置き場所と持ち主を確かめ、「機器」シートに加えてください。誰のものでもなければネットワークから外してください。
  en: Find its place and owner and add it to the sheet of machines. When it is nobody's, take it off the network.
examples:
  now: 2026-01-31
  bad:
    assets:
      - {asset: a, observed: true, declared: false, scanned: true}
      - {asset: b, observed: true, declared: true}
      - {asset: switch, observed: false, declared: false, scanned: false, last_seen: 2026-01-30}
    fails: [a, switch]
  good:  # what a scan alone saw is told by scan.undeclared_machine
    assets:
      - {asset: b, observed: true, declared: true, last_seen: 2026-01-30}
      - {asset: c, observed: false, declared: false}
      - {asset: d, observed: false, declared: false, scanned: true, last_seen: 2026-01-30}
      - {asset: e, observed: false, declared: true, last_seen: 2026-01-30}
---*/
select asset as machine, evidence
from assets
where not declared and (observed or (last_seen is not null and not scanned))
