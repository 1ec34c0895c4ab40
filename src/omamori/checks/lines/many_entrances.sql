/*---
title:
  ja: 外からの入口がいくつものネットワークに分かれている
  en: Outside lines end in many networks
severity: medium
subject: site
key: [site]
why:
  ja: 入口が部門ごとに別々だと、全部を見張ることも、非常時に切ることもできません。
  en: With a door in every department nobody can watch them all, or close them in an emergency.
message:
  ja: "外部接続{lines}本が{zones}か所のネットワークにつながっています: {names}"
  en: "{lines} outside lines end in {zones} networks: {names}"
fix:
  cost: medium
  ja: 次の更新から入口を一か所にまとめ、踏み台サーバを通すよう、業者への依頼書に書いてください。
  en: From the next renewal on, ask in the order for one entrance and a jump server.
examples:
  now: 2026-01-31
  bad:
    remote_lines: [{line: a, lands_in: X}, {line: b, lands_in: Y}, {line: c, lands_in: Z}]
    fails: [site]
  good:
    - remote_lines: [{line: a, lands_in: X}, {line: b, lands_in: X}, {line: c, lands_in: Y}]
    - remote_lines: [{line: a, lands_in: X}, {line: b, lands_in: Y}, {line: c, kind: eligibility, lands_in: Z}]
---*/
select 'site' as site, count(*) as lines, count(distinct lands_in) as zones, string_agg(line, '、' order by line) as names, min(evidence) as evidence
from remote_lines
where coalesce(kind, 'other') <> 'eligibility'
having count(distinct lands_in) > 2
