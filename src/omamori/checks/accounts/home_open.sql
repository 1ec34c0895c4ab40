/*---
title: {ja: 個人のフォルダを他人が書き換えられる, en: A person's folder may be written by others}
severity: medium
subject: asset
key: [asset, path]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 他人が書けるフォルダには、ログインに使う鍵や設定を差し込めます。
  en: Where others may write, they may put a key or a command that runs at the next login.
message:
  ja: "{asset}: {path} の権限が {mode} です"
  en: "{asset}: {path} has mode {mode}"
fix:
  cost: none
  ja: 他人の書き込みを外してください。
  en: Take the others' right to write away.
  run: sudo chmod go-w PATH
ask:
  ja: このフォルダの書き込み権限を持ち主だけにできるかを確認してください。
  en: Ask whether only the owner needs to write here.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    file_permissions:
      - {asset: ehr, path: /home/a, kind: home, mode: "0775", owner: a, file_group: staff}
      - {asset: ehr, path: /home/b, kind: home, mode: "0757", owner: b, file_group: b}
      - {asset: ehr, path: /home/c/.ssh/authorized_keys, kind: sensitive, mode: "0666", owner: c, file_group: c}
      - {asset: bsd, path: /home/a, kind: home, mode: "0777", owner: a, file_group: a}
    fails: [[ehr, /home/a], [ehr, /home/b], [ehr, /home/c/.ssh/authorized_keys]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    file_permissions:
      - {asset: ehr, path: /home/a, kind: home, mode: "0775", owner: a, file_group: a}
      - {asset: ehr, path: /home/b, kind: home, mode: "0755", owner: b, file_group: staff}
      - {asset: ehr, path: /srv/x, kind: world-writable, mode: "0777", owner: root, file_group: root}
---*/
select asset, path, mode, evidence
from file_permissions
where (kind = 'home' or ends_with(path, '/authorized_keys'))
  and (regexp_matches(mode, '[2367]$') or (regexp_matches(mode, '[2367].$') and file_group <> owner))
