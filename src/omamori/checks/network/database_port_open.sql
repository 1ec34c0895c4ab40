/*---
title: {ja: データベースのポートが誰からでも届く, en: A database port can be reached by anybody}
severity: high
subject: asset
key: [asset, database]
why:
  ja: 患者情報そのものへの入口です。業務サーバからだけ届けば足ります。
  en: It is the door to the patient data themselves. Only the application servers need to reach it.
message:
  ja: "{asset}: {database}(ポート {ports})が誰からでも届きます"
  en: "{asset}: anybody can reach {database} (port {ports})"
fix:
  cost: none
  ja: ファイアウォールで接続元を業務サーバだけに絞ってください。同じ機器からだけ使うなら、127.0.0.1 で待ち受ける設定にしてください。
  en: Let the firewall pass the port only from the application servers. When only this machine uses it, let it listen on 127.0.0.1.
ask:
  ja: データベースのポートの接続元を、業務サーバだけに絞ってください。
  en: Please limit the database port to the application servers.
examples:
  now: 2026-01-31
  bad:
    exposures:
      - {asset: a, protocol: tcp, port: 5432, inbound: open}
      - {asset: a, protocol: tcp, port: 3306, inbound: open}
      - {asset: b, protocol: tcp, port: 1433, inbound: open}
      - {asset: b, protocol: tcp, port: 1521, inbound: open}
      - {asset: b, protocol: tcp, port: 1972, inbound: open}
      - {asset: b, protocol: tcp, port: 6379, inbound: open}
      - {asset: b, protocol: tcp, port: 27017, inbound: open}
      - {asset: u, protocol: tcp, port: 5432, inbound: unknown, doubt: to_confirm}
      - {asset: a, protocol: tcp, port: 5432, inbound: unknown, doubt: to_confirm}
    fails: [[a, PostgreSQL], [a, MySQL], [b, SQL Server], [b, Oracle], [b, IRIS], [b, Redis], [b, MongoDB]]
    unknowns: [[u, PostgreSQL]]
  good:
    exposures:
      - {asset: c, protocol: tcp, port: 5432, inbound: restricted}
      - {asset: c, protocol: udp, port: 3306, inbound: open}
      - {asset: c, protocol: tcp, port: 443, inbound: open}
    passes: [c]
---*/
with databases as (
    select e.asset, e.port, e.doubt, e.evidence, case e.port when 5432 then 'PostgreSQL' when 3306 then 'MySQL' when 1433 then 'SQL Server' when 1521 then 'Oracle'
        when 1972 then 'IRIS' when 6379 then 'Redis' when 27017 then 'MongoDB' end as database
    from exposures e where e.protocol = 'tcp' and e.inbound in ('open', 'unknown')
)
select asset, database, string_agg(cast(port as varchar), ', ') as ports, case when count(*) = count(doubt) then min(doubt) end as unknown, any_value(evidence) as evidence
from databases where database is not null group by asset, database
