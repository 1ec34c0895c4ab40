/*---
title: {ja: root と同じ権限の別名がある, en: An account is root under another name}
severity: high
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 番号0のアカウントは名前が違っても管理者そのものです。侵入した者が裏口として残すこともあります。
  en: An account with number 0 is the administrator whatever its name. Intruders leave such accounts as a back door.
message:
  ja: "{asset}: アカウント {account} は root と同じ番号(0)です"
  en: "{asset}: the account {account} has number 0, as root has"
fix:
  cost: none
  ja: 誰が何のために作ったかを確かめてください。不要なら消し、必要なら別の番号にして sudo を使います。
  en: Find out who made it and what for. Delete it, or give it another number and use sudo.
  run: "sudo awk -F: '$3==0' /etc/passwd"
ask:
  ja: このアカウントを作ったか、何に使っているかを文書で確認してください。
  en: Ask in writing whether they made the account and what it is used for.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    accounts: [{asset: ehr, name: toor, uid: "0"}, {asset: bsd, name: toor, uid: "0"}]
    fails: [[ehr, toor]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    accounts: [{asset: ehr, name: root, uid: "0"}, {asset: ehr, name: admin, uid: "1000"}]
---*/
select asset, name as account, evidence
from accounts
where uid = '0' and name <> 'root'
