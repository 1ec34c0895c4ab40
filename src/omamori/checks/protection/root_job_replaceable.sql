/*---
title: {ja: 管理者が定期的に動かすファイルを他人が書き換えられる, en: Others may change what the administrator runs by schedule}
severity: high
subject: asset
key: [asset, path]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 中身を書き換えるだけで、次に動くときに管理者の権限が手に入ります。
  en: Changing its content is enough to have the administrator's rights at the next run.
message:
  ja: "{asset}: {path}(持ち主 {owner}、権限 {mode})"
  en: "{asset}: {path} (owner {owner}, mode {mode})"
fix:
  cost: none
  ja: 持ち主を root にし、他人の書き込みを外してください。
  en: Give it to root and take the others' right to write away.
  run: sudo chown root:root PATH && sudo chmod go-w PATH
ask:
  ja: このプログラムの持ち主を root に変えてよいかを確認してください。
  en: Ask whether it may be given to root.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    file_permissions:
      - {asset: ehr, path: /etc/cron.d/backup, kind: cron, owner: root, mode: "0666"}
      - {asset: ehr, path: /opt/app/run, kind: service-program, owner: app, mode: "0755"}
      - {asset: bsd, path: /opt/app/run, kind: service-program, owner: app, mode: "0755"}
    fails: [[ehr, /etc/cron.d/backup], [ehr, /opt/app/run]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    file_permissions:
      - {asset: ehr, path: /etc/cron.d/backup, kind: cron, owner: root, mode: "0644"}
      - {asset: ehr, path: /var/spool/cron/crontabs, kind: cron, owner: root, mode: "1730"}
      - {asset: ehr, path: /home/app, kind: home, owner: app, mode: "0777"}
---*/
select asset, path, owner, mode, evidence
from file_permissions
where kind in ('cron', 'service-program') and (owner <> 'root' or regexp_matches(mode, '[2367]$'))
