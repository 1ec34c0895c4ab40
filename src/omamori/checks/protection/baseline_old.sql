/*---
title: {ja: ファイル改ざんの見張りに基準がない, en: The watch over changed files has no recent baseline}
severity: low
subject: asset
key: [asset, product]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 道具を入れても、基準(その時点の写し)がないか古ければ、何が変わったかを言えません。
  en: Without a recent picture to compare with, the tool cannot tell what has changed.
message:
  ja: "{asset}: {product} の基準の日付は {day} です"
  en: "{asset}: the baseline of {product} dates from {day}"
fix:
  cost: none
  ja: 更新作業のあとに基準を作り直し、控えを別の機器に置いてください。
  en: Make a new one after each round of updates, and keep a copy elsewhere.
  run: |
    sudo aideinit && sudo cp /var/lib/aide/aide.db.new /var/lib/aide/aide.db   # Debian, Ubuntu
    sudo aide --init && sudo mv /var/lib/aide/aide.db.new.gz /var/lib/aide/aide.db.gz   # RHEL family
ask:
  ja: 更新作業の手順に、基準の作り直しを加えてもらえるかを確認してください。
  en: Ask whether renewing it can become part of the update procedure.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: lab, platform: linux}, {asset: bsd, platform: other}]
    security_products:
      - {asset: ehr, name: aide, kind: integrity, running: true, signatures: 2025-01-30}
      - {asset: lab, name: tripwire, kind: integrity, running: false}
      - {asset: bsd, name: aide, kind: integrity, running: false}
    fails: [[ehr, aide], [lab, tripwire]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    security_products:
      - {asset: ehr, name: aide, kind: integrity, running: true, signatures: 2025-01-31}
      - {asset: ehr, name: fail2ban, kind: blocker, running: false}
---*/
select asset, name as product, signatures as day, evidence
from security_products
where kind = 'integrity' and (not running or signatures < $now - interval 365 days)
