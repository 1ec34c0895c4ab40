/*---
title: {ja: 誰でも遠隔操作でログオンできる, en: Everybody may log on by Remote Desktop}
severity: high
subject: asset
key: [asset, holder]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 遠隔操作を許す相手に「全員」が入っています。誰のパスワードが漏れても、そこから入れます。
  en: Those who may use Remote Desktop include everybody. Any leaked password is enough to get in.
message:
  ja: "{asset}: {holder} がリモートデスクトップでログオンできます"
  en: "{asset}: {holder} may log on by Remote Desktop"
fix:
  cost: none
  ja: 使う人のグループだけにしてください。
  en: Limit it to the group of those who need it.
  run: |
    net localgroup "Remote Desktop Users"
    net localgroup "Remote Desktop Users" Everyone /delete
ask:
  ja: 遠隔操作を使う人と、その人のアカウントを確認してください。
  en: Ask who uses it and with which account.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    user_rights:
      - {asset: a, name: SeRemoteInteractiveLogonRight, holder: S-1-1-0}
      - {asset: a, name: SeRemoteInteractiveLogonRight, holder: S-1-5-32-544}
      - {asset: a, name: SeNetworkLogonRight, holder: S-1-5-11}
      - {asset: lx, name: SeRemoteInteractiveLogonRight, holder: S-1-1-0}
    group_members:
      - {asset: b, group_id: S-1-5-32-555, member: 'HOSP\Domain Users'}
      - {asset: b, group_id: S-1-5-32-555, member: 'HOSP\vendor'}
      - {asset: b, group_id: S-1-5-32-545, member: Everyone}
      - {asset: lx, group_id: S-1-5-32-555, member: Everyone}
    fails: [[a, S-1-1-0], [b, 'HOSP\Domain Users']]
  good:
    hosts: [{asset: a, platform: windows}]
    user_rights: [{asset: a, name: SeRemoteInteractiveLogonRight, holder: S-1-5-32-555}]
    group_members: [{asset: a, group_id: S-1-5-32-555, member: 'HOSP\vendor'}]
    passes: [a]
---*/
select asset, holder, evidence
from user_rights
where name = 'SeRemoteInteractiveLogonRight' and regexp_full_match(lower(holder), 's-1-1-0|s-1-5-11|s-1-5-32-545|everyone')
union all
select asset, member as holder, evidence
from group_members
where group_id = 'S-1-5-32-555' and regexp_full_match(lower(member), '(.*\\)?(everyone|users|domain users|authenticated users)')
