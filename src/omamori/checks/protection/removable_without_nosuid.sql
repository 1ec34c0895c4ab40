/*---
title: {ja: 外付けの媒体から管理者権限のプログラムを動かせる, en: A removable medium may bring programs that run as root}
severity: low
subject: asset
key: [asset, path]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 媒体に仕込まれたプログラムが、つないだだけの人に管理者の権限を与えることがあります。
  en: A program prepared on the medium can give root's rights to whoever plugs it in.
message:
  ja: "{asset}: {path}({filesystem})は {lacking} なしでつながれています"
  en: "{asset}: {path} ({filesystem}) is mounted without {lacking}"
fix:
  cost: none
  ja: /etc/fstab の行に nosuid,nodev を加えてつなぎ直してください。
  en: Add nosuid,nodev to its line in /etc/fstab and mount it again.
  run: sudo mount -o remount,nosuid,nodev PATH
ask:
  ja: この媒体のつなぎ方に nosuid,nodev を加えられるかを確認してください。
  en: Ask whether nosuid,nodev can be added.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    mounts:
      - {asset: ehr, path: /media/usb, filesystem: vfat, options: "rw,relatime"}
      - {asset: ehr, path: /mnt/rdx, filesystem: exfat, options: "rw,nodev"}
      - {asset: ehr, path: /run/media/a/disk, filesystem: ext4, options: "rw,nosuid"}
      - {asset: bsd, path: /media/usb, filesystem: vfat, options: rw}
    fails: [[ehr, /media/usb], [ehr, /mnt/rdx], [ehr, /run/media/a/disk]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    mounts:
      - {asset: ehr, path: /media/usb, filesystem: vfat, options: "rw,nosuid,nodev"}
      - {asset: ehr, path: /boot/efi, filesystem: vfat, options: "rw,relatime"}
      - {asset: ehr, path: /srv, filesystem: ext4, options: "rw,relatime"}
---*/
select asset, path, filesystem, array_to_string(list_filter(['nosuid', 'nodev'], lambda x: not list_contains(string_split(options, ','), x)), ',') as lacking, evidence
from mounts
where (regexp_matches(path, '^(/run)?/media/') or filesystem in ('vfat', 'exfat', 'ntfs3') and not starts_with(path, '/boot'))
  and not list_has_all(string_split(options, ','), ['nosuid', 'nodev'])
