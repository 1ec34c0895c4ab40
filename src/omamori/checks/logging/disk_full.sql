/*---
title: {ja: ディスクの空きがほとんどない, en: Hardly any disk space is left}
severity: medium
subject: asset
key: [asset, path]
scope: select asset from hosts where platform = 'linux'
why:
  ja: いっぱいになると、ログも診療の記録も書けず、更新もできなくなります。
  en: When it is full, neither logs nor records can be written, and no update installs.
message:
  ja: "{asset}: {path} は{percent}%使われています"
  en: "{asset}: {path} is {percent}% full"
fix:
  cost: none
  ja: 大きなファイルを調べ、要らない控えを移すか消してください。
  en: Look for large files and move or delete copies nobody needs.
  run: sudo du -xh --max-depth=2 / | sort -h | tail -20
ask:
  ja: 消してよいファイルと、ディスクを増やす費用を確認してください。
  en: Ask what may be deleted and what more disk would cost.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pacs, platform: linux}, {asset: bsd, platform: other}]
    mounts: [{asset: pacs, path: /, filesystem: ext4, used_percent: 95}, {asset: bsd, path: /, filesystem: ufs, used_percent: 99}]
    fails: [[pacs, /]]
  good:
    hosts: [{asset: pacs, platform: linux}]
    mounts:
      - {asset: pacs, path: /, filesystem: ext4, used_percent: 94}
      - {asset: pacs, path: /media/cd, filesystem: iso9660, used_percent: 100}
      - {asset: pacs, path: /srv, filesystem: nfs4, server: nas, used_percent: 99}
---*/
select asset, path, used_percent as percent, evidence
from mounts
where used_percent >= 95 and server is null and filesystem not in ('iso9660', 'udf', 'squashfs', 'overlay', 'tmpfs')
