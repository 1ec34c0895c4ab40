/*---
title: {ja: 誰でも開ける共有フォルダがある, en: A share opens without an account}
severity: high
subject: asset
key: [asset, share]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 院内につながった機器なら何でも読めます。書ける場合は、暗号化して人質にすることもできます。
  en: Any machine on the network can read it. Where it may also write, it can encrypt everything.
message:
  ja: "{asset}: 共有 {share} はアカウントなしで開けます(書き込み: {writable})"
  en: "{asset}: the share {share} opens without an account (writing: {writable})"
fix:
  cost: none
  ja: smb.conf のその共有から guest ok を外し、使う人のグループを valid users に書いてください。
  en: Remove guest ok from the share in smb.conf and name a group in valid users.
  run: |
    sudo testparm -s && sudo systemctl reload smbd   # RHEL family: smb
ask:
  ja: アカウントなしで使う必要のある機器と、専用アカウントに替えられるかを確認してください。
  en: Ask which device needs it and whether it can be given an account.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: nas, platform: linux}, {asset: bsd, platform: other}]
    shares: [{asset: nas, name: scan, protocol: smb, guest: true, writable: true}, {asset: nas, name: pub, protocol: smb, guest: true, writable: false}, {asset: bsd, name: scan, protocol: smb, guest: true}]
    fails: [[nas, pub], [nas, scan]]
  good:
    hosts: [{asset: nas, platform: linux}]
    shares: [{asset: nas, name: ssmix2, protocol: smb, guest: false, writable: true}]
---*/
select asset, name as share, writable, evidence
from shares
where guest
