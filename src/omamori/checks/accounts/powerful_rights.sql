/*---
title: {ja: 管理者と同じことができる権限を全員が持っている, en: Everybody holds a right that is as good as administrator}
severity: high
subject: asset
key: [asset, right, holder]
scope: select asset from hosts where platform = 'windows'
why:
  ja: システムの一部として動く、どのファイルも読み書きする、ドライバを入れるといった権限があると、管理者でない人もウイルスも、機器を丸ごと支配できます。
  en: "Acting as part of the system, reading and writing any file, loading drivers: with such a right anybody, and any virus, owns the machine without being administrator."
message:
  ja: "{asset}: 権限 {right} を {holder} が持っています"
  en: "{asset}: the right {right} is held by {holder}"
fix:
  cost: none
  ja: 「ローカル セキュリティ ポリシー」の「ユーザー権利の割り当て」から外してください。古いソフトのために付けたものなら、そのソフトのアカウントだけに付けます。
  en: Take it away in Local Security Policy, User Rights Assignment. If an old program needs it, give it to the account of that program alone.
  run: |
    secedit /export /areas USER_RIGHTS /cfg rights.inf
    secpol.msc
ask:
  ja: どの機能のためにこの権限が付けられたか、外せるかを確認してください。
  en: Ask which function this right was given for, and whether it can go.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: lx, platform: linux}]
    user_rights:
      - {asset: a, name: SeTcbPrivilege, holder: S-1-1-0}
      - {asset: a, name: SeRestorePrivilege, holder: S-1-5-32-545}
      - {asset: a, name: SeLoadDriverPrivilege, holder: S-1-5-32-544}
      - {asset: a, name: SeShutdownPrivilege, holder: S-1-5-32-545}
      - {asset: lx, name: SeTcbPrivilege, holder: S-1-1-0}
    fails: [[a, SeTcbPrivilege, S-1-1-0], [a, SeRestorePrivilege, S-1-5-32-545]]
  good:
    hosts: [{asset: a, platform: windows}]
    user_rights: [{asset: a, name: SeBackupPrivilege, holder: S-1-5-32-551}, {asset: a, name: SeChangeNotifyPrivilege, holder: S-1-1-0}]
    passes: [a]
---*/
-- SeDebugPrivilege has a check of its own: accounts.debug_right.
select asset, name as "right", holder, evidence
from user_rights
where name in (
    'SeTcbPrivilege', 'SeCreateTokenPrivilege', 'SeAssignPrimaryTokenPrivilege', 'SeImpersonatePrivilege', 'SeLoadDriverPrivilege',
    'SeTakeOwnershipPrivilege', 'SeRestorePrivilege', 'SeBackupPrivilege', 'SeSecurityPrivilege', 'SeEnableDelegationPrivilege'
  )
  and regexp_full_match(lower(holder), '(.*\\)?(everyone|users|domain users|authenticated users|interactive|guests)|s-1-1-0|s-1-5-(4|7|11|32-545|32-546)|s-1-5-21-.*-51[34]')
