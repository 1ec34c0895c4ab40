/*---
title: {ja: 全員が書き込める共有フォルダがある, en: Everybody may write to a share}
severity: medium
subject: asset
key: [asset, share]
scope: select asset from hosts where platform = 'linux'
why:
  ja: どの一台が感染しても、この共有の中身が暗号化されます。過去には全員が読める共有から数万人分の記録が持ち出されました。
  en: Whichever machine is infected, this share's content is encrypted. Records of tens of thousands of people have left hospitals through such shares.
message:
  ja: "{asset}: 共有 {share}({path})には {principal} が書き込めます"
  en: "{asset}: {principal} may write to the share {share} ({path})"
fix:
  cost: none
  ja: 書く人のグループだけを write list に書き、他の人は読むだけにしてください。
  en: Name the writers' group in write list and let the others only read.
  run: |
    sudo testparm -s && sudo systemctl reload smbd   # RHEL family: smb
ask:
  ja: この共有に書く必要のある人や機器の一覧をもらい、それ以外を読むだけにできるかを確認してください。
  en: Ask who has to write and whether the others can be limited to reading.
equivalent:
  "join share_access as p -> left": the conditions on the right-hand table leave out a share without a row there
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: nas, platform: linux}, {asset: bsd, platform: other}]
    shares: [{asset: nas, name: all, protocol: smb, path: /srv/all}, {asset: nas, name: two, protocol: smb, path: /srv/two}, {asset: bsd, name: all, protocol: smb}]
    share_access: [{asset: nas, share: all, principal: "*", access: change}, {asset: nas, share: two, principal: "@users", access: full}, {asset: bsd, share: all, principal: "*", access: change}]
    fails: [[nas, all], [nas, two]]
  good:
    hosts: [{asset: nas, platform: linux}]
    shares: [{asset: nas, name: all, protocol: smb}, {asset: nas, name: lab, protocol: smb}, {asset: nas, name: /srv/x, protocol: nfs}]
    share_access:
      - {asset: nas, share: all, principal: "*", access: read}
      - {asset: nas, share: lab, principal: "@lab", access: change}
      - {asset: nas, share: /srv/x, principal: "*", access: change}
---*/
select s.asset, s.name as share, s.path, p.principal, p.evidence
from shares s
join share_access p on p.asset = s.asset and p.share = s.name
where s.protocol = 'smb' and p.access in ('change', 'full') and lower(p.principal) in ('*', 'everyone', '@users', '@everyone', '@"domain users"')
