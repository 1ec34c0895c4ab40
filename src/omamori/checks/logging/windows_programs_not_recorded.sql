/*---
title: {ja: どのプログラムが動いたかが記録されない, en: Which programs were started is not recorded}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'windows'
why:
  ja: ウイルスが動いた時、何がいつ、だれの権限で始まったかが分からないと、どこまで広がったかを調べられません。
  en: After a virus ran, nobody can tell what started when and with whose rights, and so how far it got.
message:
  ja: "{asset}: プロセスの作成が監査されていません"
  en: "{asset}: the creation of processes is not audited"
fix:
  cost: none
  ja: まずサーバで有効にし、記録の大きさも広げてください。記録が多くなるので、古い端末では動きを見てから増やします。
  en: Switch it on on servers first and make the log larger. It writes a lot, so watch old PCs before adding them.
  run: |
    auditpol /set /subcategory:{0CCE922B-69AE-11D9-BED3-505054503030} /success:enable
    wevtutil sl Security /ms:268435456
ask:
  ja: 監査を有効にしてよいか、動作が遅くなる心配があるかを確認してください。
  en: Ask whether it may be audited, and whether it would slow anything.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: lx, platform: linux}]
    audit_settings:
      - {asset: a, name: 0cce922b-69ae-11d9-bed3-505054503030, success: false}
      - {asset: a, name: 0cce922c-69ae-11d9-bed3-505054503030, success: false}
      - {asset: b, name: AuditProcessTracking, success: false}
      - {asset: lx, name: AuditProcessTracking, success: false}
    fails: [a, b]
  good:
    hosts: [{asset: a, platform: windows}]
    audit_settings: [{asset: a, name: 0cce922b-69ae-11d9-bed3-505054503030, success: true}, {asset: a, name: 0cce922c-69ae-11d9-bed3-505054503030, success: false}]
    passes: [a]
---*/
select asset, evidence
from audit_settings
where name in ('0cce922b-69ae-11d9-bed3-505054503030', 'AuditProcessTracking') and success is false
