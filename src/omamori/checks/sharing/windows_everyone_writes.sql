/*---
title: {ja: 共有に全員が書き込める, en: Everyone may write to a share}
severity: high
subject: asset
key: [asset, share]
scope: select asset from hosts where platform = 'windows'
why:
  ja: どの一台が感染しても、この共有の中身が暗号化されます。過去には、全員が開ける共有から数万人分の記録が持ち出されました。
  en: Whichever machine is infected, this share is encrypted. Records of tens of thousands of people have left hospitals through such shares.
message:
  ja: "{asset}: 共有 {share} に {principal} が書き込めます({access})"
  en: "{asset}: {principal} may write to the share {share} ({access})"
fix:
  cost: none
  ja: 書く人のグループに「変更」を付けてから、Everyoneを外すか「読み取り」にしてください。
  en: Give the writers' group Change, then take Everyone out or down to Read.
  run: |
    Get-SmbShareAccess -Name SHARE
    Grant-SmbShareAccess -Name SHARE -AccountName GROUP -AccessRight Change
    Revoke-SmbShareAccess -Name SHARE -AccountName Everyone
    net share SHARE   # old Windows: change it in the folder's properties
ask:
  ja: この共有に書く必要のある人や機器を確認してください。
  en: Ask which people and devices have to write.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    share_access:
      - {asset: a, share: docs, principal: Everyone, access: full}
      - {asset: a, share: lab, principal: 'HOSP\Domain Users', access: change}
      - {asset: a, share: ro, principal: Everyone, access: read}
      - {asset: a, share: own, principal: 'HOSP\lab', access: full}
      - {asset: b, share: sid, principal: S-1-1-0, access: change}
      - {asset: lx, share: x, principal: Everyone, access: full}
    fails: [[a, docs], [a, lab], [b, sid]]
  good:
    hosts: [{asset: a, platform: windows}]
    share_access: [{asset: a, share: docs, principal: Everyone, access: read}, {asset: a, share: own, principal: 'HOSP\lab', access: change}]
    passes: [a]
---*/
select asset, share, principal, access, evidence
from share_access
where access in ('change', 'full') and regexp_full_match(lower(principal), '(.*\\)?(everyone|users|domain users|authenticated users)|s-1-1-0|s-1-5-11|s-1-5-32-545|\*')
