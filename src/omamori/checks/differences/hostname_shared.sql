/*---
title: {ja: 二台の機器が同じ名前を使っている, en: Two machines use one name}
severity: low
subject: site
key: [machine, other]
why:
  ja: 同じ名前の機器は取り違えられ、更新やバックアップが片方にしか届きません。
  en: Machines of one name are mixed up, and updates and backups reach only one of them.
message:
  ja: "{machine} と {other} はどちらも {hostname} という名前です"
  en: "{machine} and {other} both call themselves {hostname}"
fix:
  cost: none
  ja: 片方の名前を変えるか、同じ機器なら台帳の行をまとめてください。
  en: Rename one of them; when both are the same machine, merge their lines in the ledger.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: a, hostname: SV01}, {asset: b, hostname: sv01}, {asset: c, hostname: sv02}]
    fails: [[a, b]]
  good:
    assets: [{asset: a, hostname: sv01}, {asset: b, hostname: sv02}, {asset: c}, {asset: d}]
---*/
select a.asset as machine, b.asset as other, a.hostname, a.evidence
from assets a join assets b on lower(b.hostname) = lower(a.hostname) and a.asset < b.asset
