/*---
title: {ja: 秘密のファイルを誰でも読める, en: A file with secrets is readable by all}
severity: high
subject: asset
key: [asset, path]
scope: select asset from hosts where platform = 'linux'
why:
  ja: パスワードの元や鍵を読めた人は、自分のPCで時間をかけて破り、管理者になれます。
  en: Whoever reads password hashes or keys can work on them at leisure and become the administrator.
message:
  ja: "{asset}: {path} の権限が {mode} で、管理者以外にも読めます"
  en: "{asset}: {path} has mode {mode} and can be read by others than the administrator"
fix:
  cost: none
  ja: 持ち主だけが読める権限に直してください。
  en: Let only the owner read it.
  run: |
    sudo chmod o-rwx /etc/shadow /etc/gshadow
    sudo chmod 600 /etc/ssh/ssh_host_*_key
ask:
  ja: このファイルを他のアカウントが読む必要があるかを確認してください。
  en: Ask whether another account has to read it.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    file_permissions:
      - {asset: ehr, path: /etc/shadow, kind: sensitive, mode: "0644", file_group: root}
      - {asset: ehr, path: /etc/ssh/ssh_host_rsa_key, kind: sensitive, mode: "0602", file_group: root}
      - {asset: bsd, path: /etc/shadow, kind: sensitive, mode: "0644"}
    fails: [[ehr, /etc/shadow], [ehr, /etc/ssh/ssh_host_rsa_key]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    file_permissions:
      - {asset: ehr, path: /etc/shadow, kind: sensitive, mode: "0640", file_group: shadow}
      - {asset: ehr, path: /etc/passwd, kind: sensitive, mode: "0644", file_group: root}
---*/
select asset, path, mode, evidence
from file_permissions
where regexp_full_match(path, '/etc/g?shadow-?|/etc/ssh/ssh_host_.*_key|/root/.pgpass|/root/.my.cnf|/etc/mysql/debian.cnf|/etc/samba/smbpasswd|.*/passdb.tdb')
  and right(mode, 1) <> '0'
