/*---
title: {ja: ドライブ全体が共有されている, en: A whole drive is shared}
severity: high
subject: asset
key: [asset, share]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 一台が感染すると、ドライブの中身がすべて暗号化されます。後から置いたものまで見えてしまいます。
  en: One infected machine encrypts all of it, and whatever is put there later is shown too.
message:
  ja: "{asset}: {path} 全体が {share} として共有されています"
  en: "{asset}: all of {path} is shared as {share}"
fix:
  cost: none
  ja: 必要なフォルダーだけの共有を作り、利用者を移してから、ドライブの共有をやめてください。
  en: Share only the folders needed, move people over, then stop sharing the drive.
  run: |
    net share
    net share NAME /delete
ask:
  ja: どのフォルダーが実際に使われているかを確認してください。
  en: Ask which folders are really used.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    shares:
      - {asset: a, name: all, protocol: smb, path: 'D:\'}
      - {asset: a, name: 'C$', protocol: smb, path: 'C:\'}
      - {asset: a, name: docs, protocol: smb, path: 'D:\docs'}
      - {asset: b, name: e, protocol: smb, path: 'E:'}
      - {asset: lx, name: d, protocol: smb, path: 'D:\'}
    fails: [[a, all], [b, e]]
  good:
    hosts: [{asset: a, platform: windows}]
    shares: [{asset: a, name: docs, protocol: smb, path: 'D:\docs'}, {asset: a, name: 'D$', protocol: smb, path: 'D:\'}]
    passes: [a]
---*/
select asset, name as share, path, evidence
from shares
where regexp_full_match(path, '[A-Za-z]:[\\]?') and not ends_with(name, '$')
