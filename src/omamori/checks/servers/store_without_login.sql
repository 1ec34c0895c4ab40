/*---
title: {ja: 認証のないデータ置き場がネットワークに出ている, en: A data store without login is on the network}
severity: critical
subject: asset
key: [asset, service]
scope: select asset from hosts where platform = 'linux'
why:
  ja: RedisやMongoDB、MySQLを認証なしで外に出すと、中身を全部持ち出され、消されます。
  en: Redis, MongoDB or MySQL without a login gives everything away, and anybody can delete it.
message:
  ja: "{asset}: {service} が認証なしで使えます({why})"
  en: "{asset}: {service} may be used without a login ({why})"
fix:
  cost: none
  ja: この機器の中だけで使うなら 127.0.0.1 で待ち受け、外から使うなら認証を有効にしてください。
  en: Let it listen on 127.0.0.1 when only this machine uses it; otherwise switch the login on.
  run: sudo ss -ltnp | grep -E '6379|27017|3306'
ask:
  ja: 認証なしで動かしている理由と、止められる日を確認してください。
  en: Ask why it runs without a login and by when that ends.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: db, platform: linux}, {asset: my, platform: linux}, {asset: bsd, platform: other}]
    server_settings:
      - {asset: ehr, service: redis, name: bind, value: 0.0.0.0}
      - {asset: ehr, service: redis, name: protected-mode, value: "no"}
      - {asset: db, service: mongodb, name: authorization, value: disabled}
      - {asset: my, service: mysql, name: skip-grant-tables, value: ""}
      - {asset: bsd, service: mysql, name: skip-grant-tables, value: ""}
    fails: [[ehr, redis], [db, mongodb], [my, mysql]]
  good:
    hosts: [{asset: a, platform: linux}, {asset: b, platform: linux}, {asset: c, platform: linux}]
    server_settings:
      - {asset: a, service: redis, name: protected-mode, value: "no"}
      - {asset: a, service: redis, name: requirepass, value: "[secret: password, set]"}
      - {asset: b, service: redis, name: protected-mode, value: "yes"}
      - {asset: b, service: redis, name: activedefrag, value: "no"}
      - {asset: b, service: mongodb, name: authorization, value: enabled}
      - {asset: c, service: mongodb, name: bindIp, value: disabled}
      - {asset: c, service: mysql, name: bind-address, value: 127.0.0.1}
      - {asset: c, service: mysql, name: authorization, value: disabled}
      - {asset: c, service: mongodb, name: skip-grant-tables, value: ""}
      - {asset: c, service: mysql, name: protected-mode, value: "no"}
---*/
select asset, service, name as why, evidence
from server_settings
where (service = 'mysql' and name = 'skip-grant-tables') or (service = 'mongodb' and name = 'authorization' and value = 'disabled')
union all
select r.asset, r.service, r.name as why, r.evidence
from server_settings r
where r.service = 'redis' and r.name = 'protected-mode' and r.value = 'no'
  and not exists (select 1 from server_settings p where p.asset = r.asset and p.name = 'requirepass')
