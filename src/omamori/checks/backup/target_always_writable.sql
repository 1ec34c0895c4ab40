/*---
title: {ja: バックアップの保存先がいつも書き込める状態でつながっている, en: The place of the backup is always mounted for writing}
severity: high
subject: asset
key: [asset, job]
scope: select asset from hosts where platform = 'linux'
why:
  ja: サーバを暗号化した者は、つながった保存先も同じように暗号化します。公表された被害で何度も起きています。
  en: Whoever encrypts the server also encrypts what is mounted on it. It has happened again and again.
message:
  ja: "{asset}: {job} の保存先 {target} は {server} につながったままで、書き込めます"
  en: "{asset}: {target}, where {job} writes, stays mounted from {server} and may be written to"
fix:
  cost: none
  ja: 取るときだけつなぎ、終わったら外してください。保存先の側から取りに来る形にすると、さらに確実です。
  en: Mount it for the run only and unmount it afterwards; still better, let the other side fetch.
  run: |
    sudo mount /mnt/backup && /usr/local/bin/backup.sh; sudo umount /mnt/backup
ask:
  ja: 取り終えたら切り離すか、消せない(追記だけの)保存先にできるかを確認してください。
  en: Ask whether it can be disconnected after the run, or become append-only storage.
equivalent:
  "join mounts as m -> left": the condition on its options leaves out a job without such a mount
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    scheduled_backups: [{asset: ehr, job: night, product: tar, target: /mnt/nas/ehr, target_kind: network-mount}, {asset: bsd, job: night, product: tar, target: /mnt/nas}]
    mounts: [{asset: ehr, path: /mnt/nas, filesystem: nfs4, server: nas, options: "rw,relatime"}, {asset: bsd, path: /mnt/nas, filesystem: nfs4, server: nas, options: rw}]
    fails: [[ehr, night]]
  good:
    hosts: [{asset: a, platform: linux}, {asset: b, platform: linux}, {asset: c, platform: linux}]
    scheduled_backups:
      - {asset: a, job: night, product: tar, target: /mnt/nas/ehr, target_kind: network-mount}
      - {asset: b, job: night, product: tar, target: /mnt/nasty, target_kind: same-host}
      - {asset: c, job: night, product: tar, target: /srv/b, target_kind: same-host}
    mounts:
      - {asset: a, path: /mnt/nas, filesystem: nfs4, server: nas, options: "ro,relatime"}
      - {asset: b, path: /mnt/nas, filesystem: nfs4, server: nas, options: "rw,relatime"}
      - {asset: c, path: /srv, filesystem: ext4, options: "rw,relatime"}
---*/
select b.asset, b.job, b.target, m.server, b.evidence
from scheduled_backups b
join mounts m on m.asset = b.asset and m.server is not null and starts_with(b.target || '/', m.path || '/')
where list_contains(string_split(m.options, ','), 'rw')
