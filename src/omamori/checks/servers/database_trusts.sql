/*---
title: {ja: データベースがパスワードを尋ねない, en: The database asks for no password}
severity: critical
subject: asset
key: [asset, rule]
scope: select asset from hosts where platform = 'linux'
why:
  ja: つながった機器なら誰でも、診療の記録をすべて読み書きできます。
  en: Any machine that connects reads and writes all records.
message:
  ja: "{asset}: PostgreSQLの規則「{rule}」は、名乗るだけで入れます"
  en: "{asset}: the PostgreSQL rule `{rule}` lets in whoever claims a name"
fix:
  cost: none
  ja: pg_hba.conf のその行の trust を scram-sha-256 に変え、使うアカウントにパスワードを付けて読み直してください。
  en: Change trust to scram-sha-256 in pg_hba.conf, give the accounts passwords and reload.
  run: sudo systemctl reload postgresql
ask:
  ja: trust を使っている理由と、パスワードに替える日程を確認してください。
  en: Ask why it is used and by when passwords replace it.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: orca, platform: linux}, {asset: bsd, platform: other}]
    server_settings: [{asset: orca, service: postgresql, name: hba, value: host all all 10.1.0.0/16 trust}, {asset: bsd, service: postgresql, name: hba, value: host all all all trust}]
    fails: [[orca, host all all 10.1.0.0/16 trust]]
  good:
    hosts: [{asset: orca, platform: linux}]
    server_settings:
      - {asset: orca, service: postgresql, name: hba, value: host all all 10.1.0.0/16 scram-sha-256}
      - {asset: orca, service: postgresql, name: hba, value: local all all trust}
      - {asset: orca, service: postgresql, name: hba, value: host all all 127.0.0.1/32 trust}
      - {asset: orca, service: mysql, name: hba, value: host all all 10.1.0.0/16 trust}
      - {asset: orca, service: postgresql, name: note, value: host all all 10.1.0.0/16 trust}
---*/
select asset, value as rule, evidence
from server_settings
where service = 'postgresql' and name = 'hba' and regexp_matches(value, '^host.* trust$') and not regexp_matches(value, ' (127\.0\.0\.1|::1|localhost)')
