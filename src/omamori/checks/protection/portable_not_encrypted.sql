/*---
title: {ja: 持ち運べるPCのディスクが暗号化されていない, en: The disk of a PC that can be carried is not encrypted}
severity: medium
subject: asset
key: [asset, drive]
scope: select asset from hosts where platform = 'windows' and role = 'client'
why:
  ja: 訪問診療や病棟で使うPCをなくしたり盗まれたりすると、パスワードがあってもディスクを取り出せば中身を読まれます。患者情報の漏えいになります。
  en: A PC for home visits or the ward that is lost or stolen can be read by taking out its disk, whatever its password. That is a leak of patient data.
message:
  ja: "{asset}: 無線のあるPCで、ドライブ {drive} が暗号化されていません"
  en: "{asset}: a PC with a wireless card, and its drive {drive} is not encrypted"
fix:
  cost: none
  ja: BitLockerを有効にし、回復キーを紙か別の機器に保管してから、一台ずつ進めてください。Homeの版では「デバイスの暗号化」を使います。
  en: Switch BitLocker on, one PC after another, and keep the recovery key on paper or elsewhere first. The Home edition has "Device encryption".
  run: |
    manage-bde -status
    manage-bde -on C: -recoverypassword
ask:
  ja: ディスクを暗号化したとき、業務ソフトや保守の作業に影響がないかを確認してください。
  en: Ask whether encryption would affect the software or the way it is maintained.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: client}, {asset: b, platform: windows, role: client}, {asset: c, platform: windows, role: client}, {asset: sv, platform: windows, role: server}, {asset: lx, platform: linux, role: client}]
    interfaces:
      - {asset: a, name: Wi-Fi, kind: wireless}
      - {asset: b, name: Ethernet, kind: ethernet}
      - {asset: c, name: Wi-Fi, kind: wireless}
      - {asset: sv, name: Wi-Fi, kind: wireless}
      - {asset: lx, name: wlan0, kind: wireless}
    mounts:
      - {asset: a, path: 'C:', encrypted: false}
      - {asset: b, path: 'C:', encrypted: false}
      - {asset: c, path: 'C:', encrypted: true}
      - {asset: sv, path: 'C:', encrypted: false}
      - {asset: lx, path: 'C:', encrypted: false}
    fails: [[a, 'C:']]
  good:
    hosts: [{asset: a, platform: windows, role: client}]
    interfaces: [{asset: a, name: Wi-Fi, kind: wireless}]
    mounts: [{asset: a, path: 'C:', encrypted: true}]
    passes: [a]
---*/
select m.asset, m.path as drive, m.evidence
from mounts m
join interfaces i on i.asset = m.asset and i.kind = 'wireless'
where m.encrypted is false
