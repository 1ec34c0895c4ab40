/*---
title: {ja: SSHが待ちすぎる, en: SSH is too patient}
severity: low
subject: asset
key: [asset, setting]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 一度の接続で何度も試せたり、いつまでも待ったりすると、パスワードを探すプログラムに有利です。
  en: Many tries in one connection, or a login that never times out, help machines that guess passwords.
message:
  ja: "{asset}: {setting} が {value} です"
  en: "{asset}: {setting} is {value}"
fix:
  cost: none
  ja: /etc/ssh/sshd_config で MaxAuthTries 4、LoginGraceTime 60 にして、読み直してください。
  en: Set MaxAuthTries 4 and LoginGraceTime 60 in /etc/ssh/sshd_config and reload.
  run: |
    sudo sshd -t && sudo systemctl reload ssh   # RHEL family: sshd
ask:
  ja: この二つの値を既定(6回、120秒)以下に下げてよいかを確認してください。
  en: Ask whether both values may be lowered to the defaults (6 tries, 120 seconds) or less.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: lab, platform: linux}, {asset: bsd, platform: other}]
    ssh_settings:
      - {asset: ehr, name: maxauthtries, value: "7"}
      - {asset: ehr, name: logingracetime, value: "0"}
      - {asset: lab, name: logingracetime, value: "121"}
      - {asset: bsd, name: maxauthtries, value: "70"}
    fails: [[ehr, logingracetime], [ehr, maxauthtries], [lab, logingracetime]]
  good:
    hosts: [{asset: ehr, platform: linux}, {asset: lab, platform: linux}]
    ssh_settings:
      - {asset: ehr, name: maxauthtries, value: "6"}
      - {asset: ehr, name: logingracetime, value: "120"}
      - {asset: lab, name: logingracetime, value: "1"}
      - {asset: lab, name: maxsessions, value: "200"}
      - {asset: lab, name: clientaliveinterval, value: "0"}
---*/
select asset, name as setting, value, evidence
from ssh_settings
where (name = 'maxauthtries' and try_cast(value as integer) > 6)
  or (name = 'logingracetime' and try_cast(value as integer) not between 1 and 120)
