/*---
title:
  ja: "管理者以外がほかのプログラムの中身を読める"
  en: "Others than administrators may read other programs' memory"
severity: medium
subject: asset
key: [asset, holder]
scope: select asset from hosts where platform = 'windows'
why:
  ja: この権利があると、記憶に残るパスワードを取り出せます。
  en: With this right the passwords kept in memory can be taken.
message:
  ja: "{asset}: {holder} が SeDebugPrivilege を持っています"
  en: "{asset}: {holder} holds SeDebugPrivilege"
fix:
  cost: none
  ja: ローカルセキュリティポリシーの「プログラムのデバッグ」から外してください。
  en: Take it out of Debug programs in the local security policy.
  run: |
    secpol.msc   # ローカル ポリシー > ユーザー権利の割り当て / Local Policies > User Rights Assignment
ask:
  ja: この権利が必要な製品かを確認してください。
  en: Ask whether a product needs this right.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    user_rights:
      - {asset: a, name: SeDebugPrivilege, holder: S-1-5-32-545}
      - {asset: a, name: SeDebugPrivilege, holder: S-1-5-32-544}
      - {asset: b, name: SeBackupPrivilege, holder: S-1-5-32-551}
      - {asset: lx, name: SeDebugPrivilege, holder: x}
    fails: [[a, S-1-5-32-545]]
  good:
    hosts: [{asset: a, platform: windows}]
    user_rights: [{asset: a, name: SeDebugPrivilege, holder: S-1-5-32-544}]
    passes: [a]
---*/
select asset, holder, evidence
from user_rights
where name = 'SeDebugPrivilege' and lower(holder) not in ('s-1-5-32-544', 'administrators')
