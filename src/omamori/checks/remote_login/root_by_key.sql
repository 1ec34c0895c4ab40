/*---
title: {ja: root に直接入れるSSHの鍵が置かれている, en: SSH keys open root directly}
severity: medium
subject: asset
key: [asset, account]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 鍵の持ち主が替わっても鍵は残ります。退職者や以前の業者の鍵で、今も管理者として入れることがあります。
  en: Keys stay when people go. Those of former staff or vendors may still open the machine as administrator.
message:
  ja: "{asset}: {account} に直接入れる鍵が{keys}個あります"
  en: "{asset}: {keys} keys open {account} directly"
fix:
  cost: none
  ja: 鍵の一行ごとに持ち主を確かめ、分からない鍵は消してください。個人のアカウントと sudo に替えたら PermitRootLogin no にします。
  en: Ask for the owner of each line and delete keys nobody knows. With personal accounts and sudo in place, set PermitRootLogin no.
  run: sudo ssh-keygen -lf /root/.ssh/authorized_keys
ask:
  ja: この機器に登録した鍵の持ち主の一覧をもらい、使わない鍵を消してもらってください。
  en: Ask for the owners of the keys on this machine and have those without one removed.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    accounts: [{asset: ehr, name: root, administrator: true, authorized_keys: 1}, {asset: bsd, name: root, administrator: true, authorized_keys: 1}]
    ssh_settings: [{asset: ehr, name: permitrootlogin, value: prohibit-password}, {asset: bsd, name: permitrootlogin, value: prohibit-password}]
    fails: [[ehr, root]]
  good:
    hosts: [{asset: a, platform: linux}, {asset: b, platform: linux}, {asset: c, platform: linux}]
    accounts:
      - {asset: a, name: root, administrator: true, authorized_keys: 0}
      - {asset: a, name: admin, administrator: false, authorized_keys: 2}
      - {asset: b, name: root, administrator: true, authorized_keys: 3}
      - {asset: c, name: root, administrator: true, authorized_keys: 3}
    ssh_settings:
      - {asset: a, name: permitrootlogin, value: "yes"}
      - {asset: b, name: permitrootlogin, value: "no"}
      - {asset: c, name: passwordauthentication, value: "yes"}
---*/
select a.asset, a.name as account, a.authorized_keys as keys, a.evidence
from accounts a
join ssh_settings s on s.asset = a.asset and s.name = 'permitrootlogin' and s.value <> 'no'
where a.administrator and a.authorized_keys > 0
