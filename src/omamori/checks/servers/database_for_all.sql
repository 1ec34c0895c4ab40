/*---
title: {ja: データベースがどの機器からのログインも受ける, en: The database takes logins from any machine}
severity: medium
subject: asset
key: [asset, rule]
scope: select asset from hosts where platform = 'linux'
why:
  ja: データベースを使うのは決まった数台です。それ以外を断れば、一台の感染が記録の持ち出しになりません。
  en: Only a few machines use it. With the others refused, one infected PC does not become a theft of records.
message:
  ja: "{asset}: 待ち受け {listen}、規則「{rule}」"
  en: "{asset}: it listens on {listen}, with the rule `{rule}`"
fix:
  cost: none
  ja: pg_hba.conf の 0.0.0.0/0 を、使う機器のアドレスに変えて読み直してください。
  en: Replace 0.0.0.0/0 in pg_hba.conf by the addresses that use it, and reload.
  run: sudo systemctl reload postgresql
ask:
  ja: データベースに接続する機器の一覧をもらい、それだけに絞れるかを確認してください。
  en: Ask which machines connect and whether it can be limited to them.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: orca, platform: linux}, {asset: bsd, platform: other}]
    server_settings:
      - {asset: orca, service: postgresql, name: listen_addresses, value: "*"}
      - {asset: orca, service: postgresql, name: hba, value: host all all 0.0.0.0/0 md5}
      - {asset: bsd, service: postgresql, name: listen_addresses, value: "*"}
      - {asset: bsd, service: postgresql, name: hba, value: host all all 0.0.0.0/0 md5}
    fails: [[orca, host all all 0.0.0.0/0 md5]]
  good:
    hosts: [{asset: a, platform: linux}, {asset: b, platform: linux}, {asset: c, platform: linux}]
    server_settings:
      - {asset: a, service: postgresql, name: listen_addresses, value: localhost}
      - {asset: a, service: postgresql, name: hba, value: host all all 0.0.0.0/0 md5}
      - {asset: a, service: postgresql, name: port, value: "5432"}
      - {asset: b, service: postgresql, name: listen_addresses, value: "*"}
      - {asset: b, service: postgresql, name: hba, value: host all all 10.1.0.5/32 md5}
      - {asset: b, service: postgresql, name: note, value: host all all 0.0.0.0/0 md5}
      - {asset: c, service: postgresql, name: port, value: "5432"}
      - {asset: c, service: postgresql, name: hba, value: host all all 0.0.0.0/0 md5}
---*/
select r.asset, l.value as listen, r.value as rule, r.evidence
from server_settings r
join server_settings l on l.asset = r.asset and l.name = 'listen_addresses' and l.value <> 'localhost'
where r.name = 'hba' and regexp_matches(r.value, '^host\S* \S+ \S+ (0\.0\.0\.0/0|::/0|all) ')
