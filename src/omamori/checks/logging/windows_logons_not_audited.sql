/*---
title: {ja: ログオンの失敗が記録されない, en: Failed logons are not recorded}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: パスワードを試す攻撃は、失敗の記録に現れます。記録がなければ気づけません。
  en: Guessing of passwords shows in failed logons. Without the record nobody notices.
message:
  ja: "{asset}: ログオンの失敗を記録していません"
  en: "{asset}: failed logons are not recorded"
fix:
  cost: none
  ja: 監査ポリシーで「ログオン」の失敗を有効にしてください。
  en: Switch on failures of Logon in the audit policy.
  run: |
    auditpol /set /subcategory:{0CCE9215-69AE-11D9-BED3-505054503030} /success:enable /failure:enable
ask:
  ja: ログオンの監査を有効にしてよいかを確認してください。
  en: Ask whether auditing of logons may be switched on.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    audit_settings:
      - {asset: a, name: "0cce9215-69ae-11d9-bed3-505054503030", success: true, failure: false}
      - {asset: a, name: "0cce9216-69ae-11d9-bed3-505054503030", failure: false}
      - {asset: b, name: AuditLogonEvents, failure: false}
      - {asset: lx, name: AuditLogonEvents, failure: false}
    fails: [a, b]
  good:
    hosts: [{asset: a, platform: windows}]
    audit_settings: [{asset: a, name: AuditLogonEvents, failure: true}, {asset: a, name: AuditSystemEvents, failure: false}]
    passes: [a]
---*/
select asset, evidence
from audit_settings
where name in ('0cce9215-69ae-11d9-bed3-505054503030', 'AuditLogonEvents') and failure is false
