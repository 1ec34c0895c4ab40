/*---
title: {ja: 台帳より世代が少ない, en: There are fewer generations than the ledger says}
severity: medium
subject: asset
key: [asset, job]
scope: select p.asset from backup_posture p join declared_backups d on d.asset = p.asset and d.job = p.job where p.generations_seen
why:
  ja: あると思っている古い世代が、戻そうとした日にないことになります。
  en: The older generation one counts on would not be there on the day.
message:
  ja: "{asset}: バックアップ {job} は、台帳では{said}世代ですが、見えたのは{generations}世代です"
  en: "{asset}: by the ledger backup {job} keeps {said} generations; {generations} were seen"
fix:
  cost: none
  ja: どちらが正しいかを確かめてください。始めたばかりなら、そのうち増えます。そうでなければ、残す数の設定と空き容量を見ます。
  en: See which is right. If it was begun lately, more will come. If not, look at how many it is set to keep and at the free space.
ask:
  ja: 残す世代の設定と、容量不足で消えていないかを確認してください。
  en: Ask how many are kept and whether some were dropped for lack of space.
equivalent:
  "join declared_backups as d -> left": without a row nothing is compared
examples:
  now: 2026-01-31
  bad:
    declared_backups: [{asset: ehr, job: a, generations: 7}, {asset: ehr, job: b, generations: 7}, {asset: ehr, job: c, generations: 3}, {asset: ehr, job: d, generations: 7}, {asset: lab, job: a, generations: 7}, {asset: ris, job: a, generations: 7}]
    backup_posture:
      - {asset: ehr, job: a, generations: 6, generations_seen: true}
      - {asset: ehr, job: b, generations: 7, generations_seen: true}
      - {asset: ehr, job: c, generations: 3, generations_seen: true}
      - {asset: ehr, job: d, generations: 1}
      - {asset: lab, job: a, generations: 3}
      - {asset: ris, job: b, generations: 3, generations_seen: true}
    fails: [[ehr, a]]
    passes: []
  good:
    - declared_backups: [{asset: ehr, job: a, generations: 7}]
      backup_posture: [{asset: ehr, job: a, generations: 8, generations_seen: true}]
    - declared_backups: [{asset: ehr, job: a, generations: 7}]
      backup_posture: [{asset: ehr, job: a, generations_seen: true}]
      missing: {backup_posture: [generations]}
      unknowns: [ehr]
---*/
select p.asset, p.job, d.generations as said, p.generations, p.evidence
from backup_posture p join declared_backups d on d.asset = p.asset and d.job = p.job
where p.generations_seen and p.generations < d.generations
