/*---
title: {ja: 追記だけのはずの控えを、書き込む側が消せる, en: A backup meant to be append-only can be deleted by the side that writes it}
severity: high
subject: asset
key: [asset, job, repository]
scope: select asset from backup_posture where observed
why:
  ja: 追記だけの印が置き場所の中のファイルに書いてあるだけなら、そのフォルダに書ける者は印ごと消せます。自動の整理を書く側のIDで動かしている場合も同じです。
  en: Where append-only is a mark inside the place itself, whoever can write to the folder can remove the mark with it. The same holds when the tidying runs with the account that writes.
message:
  ja: "{asset}: バックアップ {job}({target})は追記だけの設定ですが、{deleters} が直接消せます"
  en: "{asset}: backup {job} ({target}) is set to append-only, but {deleters} can delete it directly"
fix:
  cost: low
  ja: フォルダをつなぐ形をやめ、「追記だけを受け付ける受け皿」(restならrest-serverの追記専用、BorgBackupなら保存先側のSSHの鍵ごとの制限)を通してください。整理は保存先の側で、人が見てから行います。
  en: Instead of mounting the folder, go through an append-only server (rest-server in append-only mode; for BorgBackup a restriction of the SSH key on the keeping side). Let the tidying run on the keeping side, after somebody looked.
ask:
  ja: 書き込むIDで消せないか、整理を動かしているIDは何かを確認してください。
  en: Ask whether the writing account can delete, and which account does the tidying.
examples:
  now: 2026-01-31
  bad:
    backup_posture: [{asset: ehr, job: a, observed: true}, {asset: lab, job: a, observed: true}, {asset: old, job: a}]
    backup_repositories:
      - {asset: ehr, job: a, repository: "borg:1", append_only: true, target_kind: network-mount, deleters: "root, backup"}
      - {asset: ehr, job: b, repository: "borg:2", append_only: true, target_kind: same-host, deleters: root}
      - {asset: ehr, job: c, repository: "borg:3", append_only: true, target_kind: removable, deleters: root}
      - {asset: ehr, job: d, repository: "borg:4", append_only: false, target_kind: same-host, deleters: root}
      - {asset: lab, job: e, repository: "rest:5", append_only: true, target_kind: remote-host, deleters: rest}
      - {asset: lab, job: f, repository: "borg:6", append_only: true, target_kind: network-mount, deleters: ""}
      - {asset: old, job: a, repository: "borg:7", append_only: true, target_kind: same-host, deleters: root}
    fails: [[ehr, a, "borg:1"], [ehr, b, "borg:2"], [ehr, c, "borg:3"]]
    passes: [lab]
  good:
    - backup_posture: [{asset: lab, job: e, observed: true}]
      backup_repositories: [{asset: lab, job: e, repository: "rest:5", append_only: true, target_kind: remote-host}]
    - backup_posture: [{asset: lab, job: e, observed: true}]
      backup_repositories: [{asset: lab, job: e, repository: "borg:5", append_only: true, target_kind: network-mount}]
      missing: {backup_repositories: [deleters]}
      unknowns: [lab]
---*/
select asset, job, repository, target, deleters, evidence
from backup_repositories
where append_only and target_kind in ('same-host', 'network-mount', 'removable') and deleters <> ''
