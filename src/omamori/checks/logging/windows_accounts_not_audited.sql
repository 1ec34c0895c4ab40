/*---
title: {ja: アカウントの追加や変更が記録されない, en: New and changed accounts are not recorded}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: 侵入者は自分用のアカウントを作ります。記録があれば、作られた時刻と作った人が分かります。
  en: Intruders make accounts for themselves. With the record, when and by whom can be found out.
message:
  ja: "{asset}: アカウントの変更を記録していません"
  en: "{asset}: changes of accounts are not recorded"
fix:
  cost: none
  ja: 監査ポリシーで「ユーザー アカウントの管理」の成功を有効にしてください。
  en: Switch on successes of User Account Management in the audit policy.
  run: |
    auditpol /set /subcategory:{0CCE9235-69AE-11D9-BED3-505054503030} /success:enable /failure:enable
ask:
  ja: アカウント管理の監査を有効にしてよいかを確認してください。
  en: Ask whether auditing of account management may be switched on.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    audit_settings:
      - {asset: a, name: "0cce9235-69ae-11d9-bed3-505054503030", success: false}
      - {asset: a, name: "0cce9236-69ae-11d9-bed3-505054503030", success: false}
      - {asset: b, name: AuditAccountManage, success: false}
      - {asset: lx, name: AuditAccountManage, success: false}
    fails: [a, b]
  good:
    hosts: [{asset: a, platform: windows}]
    audit_settings: [{asset: a, name: AuditAccountManage, success: true}, {asset: a, name: AuditDSAccess, success: false}]
    passes: [a]
---*/
select asset, evidence
from audit_settings
where name in ('0cce9235-69ae-11d9-bed3-505054503030', 'AuditAccountManage') and success is false
