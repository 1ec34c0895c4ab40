/*---
title: {ja: 控えの中に、攻撃者が書き込んだ跡がある, en: An attacker's traces are in the backup}
severity: critical
subject: asset
key: [asset, job, generation, kind]
scope: select asset from backup_posture where observed
why:
  ja: 暗号化されたものを控えに取り続けると、戻れる世代が毎晩一つずつ減ります。今日のうちに止めれば、きれいな世代が残ります。
  en: While encrypted files are backed up, one good generation is lost every night. Stopped today, a clean one remains.
message:
  ja: "{asset}: バックアップ {job} の世代 {name}({finished})から、攻撃者が書き込んだ跡があります({kind_told}: {detail_told})"
  en: "{asset}: from generation {name} ({finished}) on, backup {job} shows an attacker's traces ({kind_told}: {detail_told})"
fix:
  cost: none
  ja: バックアップの自動実行と古い世代の整理を今すぐ止め、置き場所を網から外してください。元のサーバは電源を切らずに網から外し、連絡先に知らせます。最後のきれいな世代は omamori backup verify が示します。
  en: Stop the scheduled runs and the tidying of old generations at once, and take the place off the network. Take the server itself off the network without switching it off, and tell your contacts. omamori backup verify names the last clean generation.
  run: omamori backup verify PLACE
ask:
  ja: この日の前後に、大量のファイルの名前や中身を変える作業をしたかを確認してください。していなければ、緊急の連絡として扱ってもらいます。
  en: Ask whether they renamed or rewrote many files around that day. If not, treat it as an emergency call.
examples:
  now: 2026-01-31
  bad:
    backup_posture: [{asset: ehr, job: a, observed: true}, {asset: lab, job: a, observed: true}, {asset: old, job: a}]
    backup_signs:
      - {asset: ehr, job: a, repository: r, generation: "3", kind: ransom-extension, certain: true}
      - {asset: ehr, job: a, repository: r, generation: "3", kind: ransom-note, certain: true}
      - {asset: ehr, job: a, repository: r, generation: "2", kind: mass-change, certain: false}
      - {asset: ehr, job: a, repository: r, generation: "3", kind: canary-changed, certain: true}
      - {asset: ehr, job: a, repository: r, generation: "3", kind: canary-missing, certain: true}
      - {asset: lab, job: a, repository: r, generation: "1", kind: looks-encrypted, certain: false}
      - {asset: old, job: a, repository: r, generation: "1", kind: looks-encrypted, certain: true}
    fails: [[ehr, a, "3", ransom-extension], [ehr, a, "3", ransom-note]]
    passes: [lab]
  good:
    - backup_posture: [{asset: ehr, job: a, observed: true}]
    - backup_posture: [{asset: ehr, job: a, observed: true}]
      incomplete: [backup_signs]
      unknowns: [ehr]
---*/
select asset, job, generation, regexp_replace(generation, '^([0-9a-f]{8})[0-9a-f]{24,}$', '\1') as name, kind, kind as kind_told, finished, kind || ' ' || detail as detail_told, evidence
from backup_signs
where certain and kind not in ('canary-changed', 'canary-missing')
