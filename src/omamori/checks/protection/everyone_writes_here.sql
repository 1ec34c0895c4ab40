/*---
title: {ja: 誰でも書き換えられるフォルダがある, en: Anybody may change a folder's content}
severity: medium
subject: asset
key: [asset, path]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 誰でも他人のファイルを消したり差し替えたりできる場所は、裏口を仕込むのに使われます。
  en: Where anybody may delete or replace others' files, back doors are planted.
message:
  ja: "{asset}: {path} は全員が書き換えられます(権限 {mode})"
  en: "{asset}: everybody may change {path} (mode {mode})"
fix:
  cost: none
  ja: 全員の書き込みを外すか、消すのは持ち主だけにする印(sticky)を付けてください。
  en: Take everybody's right to write away, or set the sticky bit so that only owners delete.
  run: |
    sudo chmod o-w PATH
    sudo chmod +t PATH
ask:
  ja: このフォルダに全員が書く必要があるかを確認してください。
  en: Ask whether everybody really has to write here.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    file_permissions: [{asset: ehr, path: /srv/scan, kind: world-writable, mode: "0777"}, {asset: bsd, path: /srv, kind: world-writable, mode: "0777"}]
    fails: [[ehr, /srv/scan]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    file_permissions: [{asset: ehr, path: /home/a, kind: home, mode: "0755"}]
---*/
select asset, path, mode, evidence
from file_permissions
where kind = 'world-writable'
