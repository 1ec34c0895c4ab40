/*---
title: {ja: 端末PCがフォルダーを共有している, en: A client PC shares folders}
severity: low
subject: asset
key: [asset, share]
scope: select asset from hosts where platform = 'windows' and role = 'client'
why:
  ja: 端末どうしの共有は、ランサムウエアが広がる道になります。置き場所はファイルサーバに集めるほうが守りやすくなります。
  en: Shares between PCs are how ransomware spreads. Files are easier to protect on one file server.
message:
  ja: "{asset}: {share}({path})を共有しています"
  en: "{asset}: shares {share} ({path})"
fix:
  cost: none
  ja: ファイルサーバに移し、端末の共有をやめてください。
  en: Move it to the file server and stop sharing on the PC.
  run: |
    net share
    net share NAME /delete
ask:
  ja: 装置との受け渡しに必要な共有かを確認してください。
  en: Ask whether a device needs this share.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, role: client}, {asset: sv, platform: windows, role: server}, {asset: lx, platform: linux, role: client}]
    shares:
      - {asset: a, name: scan, protocol: smb, path: 'C:\scan'}
      - {asset: a, name: 'ADMIN$', protocol: smb, path: 'C:\Windows'}
      - {asset: a, name: 'print$', protocol: smb}
      - {asset: a, name: export, protocol: nfs, path: 'C:\nfs'}
      - {asset: sv, name: docs, protocol: smb}
      - {asset: lx, name: docs, protocol: smb}
    fails: [[a, scan]]
  good:
    hosts: [{asset: a, platform: windows, role: client}]
    shares: [{asset: a, name: 'IPC$', protocol: smb}]
    passes: [a]
---*/
select asset, name as share, path, evidence
from shares
where protocol = 'smb' and not ends_with(name, '$')
