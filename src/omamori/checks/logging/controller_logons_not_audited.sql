/*---
title: {ja: ドメインへの失敗したログインが記録されない, en: Failed logins to the domain are not recorded}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows' and domain_role = 'controller'
why:
  ja: パスワードの試し打ちは、どの機器を狙ってもドメインコントローラに届きます。ここで記録すれば、全体の兆しを一か所で見つけられます。
  en: Whatever machine somebody tries passwords on, the domain controller is asked. Recorded here, the signs of all are found in one place.
message:
  ja: "{asset}: 資格情報の確認の失敗が監査されていません"
  en: "{asset}: failed validation of credentials is not audited"
fix:
  cost: none
  ja: 「資格情報の確認」と「Kerberos認証サービス」の成功と失敗を監査してください。ドメインコントローラのポリシーで一度に設定できます。
  en: Audit success and failure of "Credential Validation" and "Kerberos Authentication Service". One policy for the domain controllers does it.
  run: |
    auditpol /set /subcategory:{0CCE923F-69AE-11D9-BED3-505054503030} /success:enable /failure:enable
    auditpol /set /subcategory:{0CCE9242-69AE-11D9-BED3-505054503030} /success:enable /failure:enable
ask:
  ja: ドメインコントローラの監査の設定を変えてよいかを確認してください。
  en: Ask whether the audit settings of the domain controllers may be changed.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows, domain_role: controller}, {asset: b, platform: windows, domain_role: controller}, {asset: m, platform: windows, domain_role: member}, {asset: lx, platform: linux, domain_role: controller}]
    audit_settings:
      - {asset: a, name: 0cce923f-69ae-11d9-bed3-505054503030, success: true, failure: false}
      - {asset: a, name: 0cce922b-69ae-11d9-bed3-505054503030, failure: false}
      - {asset: b, name: AuditAccountLogon, failure: false}
      - {asset: m, name: AuditAccountLogon, failure: false}
      - {asset: lx, name: AuditAccountLogon, failure: false}
    fails: [a, b]
  good:
    hosts: [{asset: a, platform: windows, domain_role: controller}]
    audit_settings: [{asset: a, name: 0cce923f-69ae-11d9-bed3-505054503030, success: true, failure: true}, {asset: a, name: 0cce922b-69ae-11d9-bed3-505054503030, failure: false}]
    passes: [a]
---*/
select asset, evidence
from audit_settings
where name in ('0cce923f-69ae-11d9-bed3-505054503030', '0cce9242-69ae-11d9-bed3-505054503030', 'AuditAccountLogon') and failure is false
