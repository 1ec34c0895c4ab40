/*---
title: {ja: 攻撃の跡がない世代が一つも残っていない, en: No generation without an attacker's traces is left}
severity: critical
subject: asset
key: [asset, job, repository]
scope: select asset from backup_posture where observed
why:
  ja: 戻しても、暗号化されたものか攻撃者の仕掛けが戻るだけです。ほかの置き場所にきれいな控えがあるかで、復旧の道筋が変わります。
  en: Restoring would bring back encrypted files or what the attacker left. Whether another place holds a clean copy decides how recovery goes.
message:
  ja: "{asset}: バックアップ {job}({target})の中に、攻撃の跡がない世代が見つかりませんでした"
  en: "{asset}: no generation of backup {job} ({target}) is without an attacker's traces"
fix:
  cost: none
  ja: ほかの媒体(外してある古いディスク、別の拠点、業者の手元)を探し、つなぐ前に書き込み禁止にして omamori backup verify で見てください。
  en: Look for other media (old disks that are out, another site, the vendor's own copy), make them read-only before connecting them, and look into them with omamori backup verify.
  run: omamori backup verify PLACE
ask:
  ja: 業者の手元や別の場所に、この日より前の控えがないかを急いで確認してください。
  en: Ask urgently whether the vendor or another place holds an earlier copy.
examples:
  now: 2026-01-31
  bad:
    backup_posture: [{asset: ehr, job: a, observed: true}, {asset: lab, job: a, observed: true}, {asset: old, job: a}]
    backup_repositories:
      - {asset: ehr, job: a, repository: "restic:1", looked_into: true}
      - {asset: ehr, job: b, repository: "restic:2", looked_into: true, clean_generation: "7"}
      - {asset: lab, job: c, repository: "restic:3", looked_into: false}
      - {asset: lab, job: e, repository: "restic:5"}
      - {asset: old, job: a, repository: "restic:4", looked_into: true}
    fails: [[ehr, a, "restic:1"]]
    unknowns: [[lab, c, "restic:3"], [lab, e, "restic:5"]]
    passes: []
  good:
    backup_posture: [{asset: ehr, job: a, observed: true}]
    backup_repositories: [{asset: ehr, job: a, repository: "restic:1", looked_into: true, clean_generation: "7"}]
---*/
select asset, job, repository, target, case when looked_into is not true then 'not_collected' end as unknown, evidence
from backup_repositories
where clean_generation is null
