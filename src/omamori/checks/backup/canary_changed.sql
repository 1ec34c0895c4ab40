/*---
title: {ja: 確認用ファイルが変わったか、控えにない, en: The canary file was altered or is not in the backup}
severity: critical
subject: asset
key: [asset, job, generation, kind]
scope: select asset from backup_posture where observed
why:
  ja: だれも使わないファイルが変わったのなら、その世代に書き込んだ者がいるか、控えの対象から外れています。どちらも、今日知りたいことです。
  en: A file nobody uses has no reason to change. Either somebody wrote there, or the folder is no longer backed up. Both are worth knowing today.
message:
  ja: "{asset}: バックアップ {job} の世代 {name}({finished})で、確認用ファイルが置いたときのままではありません({kind_told})"
  en: "{asset}: in generation {name} ({finished}) of backup {job} the canary file is not as it was set ({kind_told})"
fix:
  cost: none
  ja: まず元のサーバの同じファイルを見てください。変わっていれば、サーバを網から外し連絡先に知らせます。なくなっていれば、消した人とバックアップの対象を確かめ、置き直します。
  en: First look at the same file on the server. If it changed there, take the server off the network and tell your contacts. If it is gone, ask who removed it, see what is backed up, and set it again.
  run: omamori backup canary FOLDER --machine NAME --job NAME
ask:
  ja: 確認用ファイルを置いたフォルダを動かしたり、バックアップの対象を変えたりしたかを確認してください。
  en: Ask whether the folder was moved or left out of the backup.
examples:
  now: 2026-01-31
  bad:
    backup_posture: [{asset: ehr, job: a, observed: true}, {asset: lab, job: a, observed: true}, {asset: old, job: a}]
    backup_signs:
      - {asset: ehr, job: a, repository: r, generation: "2", kind: canary-changed, certain: true}
      - {asset: ehr, job: a, repository: r, generation: "3", kind: canary-missing}
      - {asset: lab, job: a, repository: r, generation: "3", kind: ransom-note, certain: true}
      - {asset: old, job: a, repository: r, generation: "1", kind: canary-changed}
    fails: [[ehr, a, "2", canary-changed], [ehr, a, "3", canary-missing]]
    passes: [lab]
  good:
    - backup_posture: [{asset: ehr, job: a, observed: true}]
    - backup_posture: [{asset: ehr, job: a, observed: true}]
      incomplete: [backup_signs]
      unknowns: [ehr]
---*/
select asset, job, generation, regexp_replace(generation, '^([0-9a-f]{8})[0-9a-f]{24,}$', '\1') as name, kind, kind as kind_told, finished, evidence
from backup_signs
where kind in ('canary-changed', 'canary-missing')
