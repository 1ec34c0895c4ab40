/*---
title: {ja: バックアップの保存先が同じ機器の中にある, en: The backup is kept on the machine itself}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 故障でも暗号化でも、元と一緒に失われます。
  en: It is lost together with the original, by failure or by encryption.
message:
  ja: "{asset}: 予定されたバックアップ{jobs}件は、すべてこの機器の中({targets})に残ります"
  en: "{asset}: all {jobs} scheduled backups stay on this machine ({targets})"
fix:
  cost: low
  ja: できた控えを別の機器か外付けディスクへ毎晩写す一行を加えてください。
  en: Add one line that copies it to another machine or a removable disk every night.
  run: rsync -a /var/backups/ backup@10.1.8.9:/vault/
ask:
  ja: 控えを別の機器へ送る設定を加えられるかを確認してください。
  en: Ask whether the copy can be sent to another machine.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    scheduled_backups:
      - {asset: ehr, job: a, product: pg_dump, target: /var/backups, target_kind: same-host}
      - {asset: ehr, job: b, product: tar, target: /opt/b, target_kind: same-host}
      - {asset: bsd, job: a, product: tar, target_kind: same-host}
    fails: [ehr]
  good:
    hosts: [{asset: ehr, platform: linux}, {asset: lab, platform: linux}]
    scheduled_backups:
      - {asset: ehr, job: a, product: pg_dump, target: /var/backups, target_kind: same-host}
      - {asset: ehr, job: b, product: rsync, target: "nas:/b", target_kind: remote-host}
      - {asset: lab, job: a, product: script, target_kind: unknown}
---*/
select asset, count(*) as jobs, string_agg(target, ', ') as targets, min(evidence) as evidence
from scheduled_backups
group by asset
having bool_and(target_kind = 'same-host')
