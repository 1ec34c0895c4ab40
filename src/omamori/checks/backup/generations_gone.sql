/*---
title: {ja: いつもより新しい世代が消えている, en: More recent generations are gone than usual}
severity: high
subject: asset
key: [asset, job]
scope: select asset from backup_posture where generations_seen
why:
  ja: 攻撃者は暗号化の前に控えを消します。古い順でない消え方は、整理では説明できません。
  en: An attacker deletes the copies before encrypting. Generations that go out of order are not explained by tidying up.
message:
  ja: "{asset}: バックアップ {job} で、前に見えた世代のうち{gone}個が、いつもの整理では説明できない形で消えています"
  en: "{asset}: of backup {job}, {gone} generations seen before are gone in a way the usual tidying does not explain"
fix:
  cost: none
  ja: だれが、いつ、どの設定で消したかを今日のうちに確かめてください。心当たりがなければ、置き場所を網から外し、そのままにして記録を残し、連絡先に知らせます。
  en: Find out today who deleted them, when and by which setting. If nobody did, take the place off the network, leave it as it is, note what you see, and tell your contacts.
ask:
  ja: 世代を消した作業や設定の変更があったかを、日時とともに確認してください。
  en: Ask whether generations were deleted or settings changed, and when.
examples:
  now: 2026-01-31
  bad:
    backup_posture:
      - {asset: ehr, job: shadow-copy, gone: 1, generations_seen: true}
      - {asset: ehr, job: a, gone: 1, generations_seen: true}
      - {asset: ehr, job: b, gone: 0, generations_seen: true}
      - {asset: lab, job: a, gone: 1}
    fails: [[ehr, a]]
  good:
    - backup_posture: [{asset: ehr, job: a, gone: 0, generations_seen: true}]
    - backup_posture: [{asset: ehr, job: a, generations_seen: true}]
      missing: {backup_posture: [gone]}
      unknowns: [ehr]
---*/
select asset, job, gone, evidence
from backup_posture
where gone > 0 and job <> 'shadow-copy'
