/*---
title: {ja: 共有を全員が読める, en: Everyone may read a share}
severity: low
subject: asset
key: [asset, share]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 患者の情報を含む共有なら、誰でも写せます。入っているものを一度確かめてください。
  en: If it holds patients' data, anybody can copy it. See once what is in it.
message:
  ja: "{asset}: 共有 {share} を {principal} が読めます"
  en: "{asset}: {principal} may read the share {share}"
fix:
  cost: none
  ja: 患者の情報があれば、使う人のグループだけに絞ってください。
  en: Limit it to the group that needs it where it holds patients' data.
  run: |
    Get-SmbShareAccess -Name SHARE
    Revoke-SmbShareAccess -Name SHARE -AccountName Everyone
ask:
  ja: この共有を読む必要のある人や機器を確認してください。
  en: Ask which people and devices have to read.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    share_access:
      - {asset: a, share: docs, principal: Everyone, access: read}
      - {asset: a, share: 'print$', principal: Everyone, access: read}
      - {asset: a, share: SYSVOL, principal: Everyone, access: read}
      - {asset: a, share: NETLOGON, principal: Everyone, access: read}
      - {asset: a, share: rw, principal: Everyone, access: change}
      - {asset: a, share: own, principal: 'HOSP\lab', access: read}
      - {asset: lx, share: x, principal: Everyone, access: read}
    fails: [[a, docs]]
  good:
    hosts: [{asset: a, platform: windows}]
    share_access: [{asset: a, share: own, principal: 'HOSP\lab', access: read}, {asset: a, share: 'NETLOGON$', principal: Everyone, access: read}]
    passes: [a]
---*/
select asset, share, principal, evidence
from share_access
where access = 'read' and not ends_with(share, '$') and lower(share) not in ('netlogon', 'sysvol')
  and lower(principal) in ('everyone', 's-1-1-0', '*')
