/*---
title: {ja: 旧式のSMB1で相手の共有を使っている, en: It uses another machine's share by the old SMB1}
severity: medium
subject: asset
key: [asset, path]
scope: select asset from hosts where platform = 'linux'
why:
  ja: この機器のために相手がSMB1をやめられず、院内の穴が残ります。
  en: Because of this machine the other side cannot give SMB1 up, and the hole stays.
message:
  ja: "{asset}: {path} は {server} にSMB1(vers=1.0)でつながっています"
  en: "{asset}: {path} is mounted from {server} with SMB1 (vers=1.0)"
fix:
  cost: none
  ja: /etc/fstab の vers=1.0 を vers=3.0 に変えてつなぎ直してください。
  en: Change vers=1.0 into vers=3.0 in /etc/fstab and mount it again.
  run: |
    sudo umount PATH && sudo mount PATH
ask:
  ja: 新しい方式(SMB2以上)でつなげられるかを確認してください。
  en: Ask whether it can be mounted with SMB2 or later.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    mounts: [{asset: ehr, path: /mnt/nas, filesystem: cifs, server: nas, options: "rw,vers=1.0"}, {asset: bsd, path: /mnt/nas, filesystem: cifs, options: vers=1.0}]
    fails: [[ehr, /mnt/nas]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    mounts: [{asset: ehr, path: /mnt/nas, filesystem: cifs, server: nas, options: "rw,vers=3.0"}, {asset: ehr, path: /x, filesystem: ext4, options: "rw,vers=1.0"}]
---*/
select asset, path, server, evidence
from mounts
where filesystem in ('cifs', 'smb3', 'smbfs') and list_contains(string_split(options, ','), 'vers=1.0')
