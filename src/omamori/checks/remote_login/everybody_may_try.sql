/*---
title: {ja: SSHで入れる人を決めていない, en: Nobody decided who may log in over SSH}
severity: low
subject: asset
key: [asset]
scope: select asset from assets where role = 'server' and platform = 'linux'
why:
  ja: 名前を決めておけば、業務用や忘れられたアカウントのパスワードが漏れても、遠くからは使えません。
  en: When names are listed, the leaked password of a forgotten account is of no use from afar.
message:
  ja: "{asset}: AllowUsers・AllowGroups の指定がなく、{people}個のアカウントが対象です"
  en: "{asset}: no AllowUsers or AllowGroups; {people} accounts may try"
fix:
  cost: none
  ja: 保守する人だけのグループを作り、sshd_config に AllowGroups を書いてください。
  en: Make a group of those who maintain the server and write AllowGroups in sshd_config.
  run: |
    sudo groupadd ssh-admins && sudo usermod -aG ssh-admins NAME
    echo 'AllowGroups ssh-admins' | sudo tee /etc/ssh/sshd_config.d/20-who.conf
    sudo sshd -t && sudo systemctl reload ssh   # RHEL family: sshd
ask:
  ja: 遠隔で入る必要のある人の一覧をもらい、その人だけに絞れるかを確認してください。
  en: Ask for the list of those who need to log in from afar, and whether it can be limited to them.
equivalent:
  "join accounts as a -> left": a machine without accounts counts none and is left out by the last line
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: ehr, role: server, platform: linux}, {asset: pc, role: client, platform: linux}, {asset: w, role: server, platform: windows}]
    ssh_settings: [{asset: w, name: port, value: "22"}, {asset: ehr, name: port, value: "22"}, {asset: ehr, name: denyusers, value: guest}, {asset: pc, name: port, value: "22"}]
    accounts: [{asset: w, name: a, enabled: true}, {asset: w, name: b, enabled: true}, {asset: ehr, name: a, enabled: true}, {asset: ehr, name: b, enabled: true}, {asset: ehr, name: c, enabled: false}, {asset: pc, name: a, enabled: true}, {asset: pc, name: b, enabled: true}]
    fails: [ehr]
  good:
    assets: [{asset: listed, role: server, platform: linux}, {asset: groups, role: server, platform: linux}, {asset: nossh, role: server, platform: linux}, {asset: one, role: server, platform: linux}]
    ssh_settings:
      - {asset: listed, name: port, value: "22"}
      - {asset: listed, name: allowusers, value: admin}
      - {asset: groups, name: port, value: "22"}
      - {asset: groups, name: allowgroups, value: admins}
      - {asset: one, name: port, value: "22"}
    accounts:
      - {asset: listed, name: a, enabled: true}
      - {asset: listed, name: b, enabled: true}
      - {asset: groups, name: a, enabled: true}
      - {asset: groups, name: b, enabled: true}
      - {asset: nossh, name: a, enabled: true}
      - {asset: nossh, name: b, enabled: true}
      - {asset: one, name: a, enabled: true}
      - {asset: one, name: b, enabled: false}
---*/
select s.asset, count(distinct a.name) as people, min(s.evidence) as evidence
from ssh_settings s
join accounts a on a.asset = s.asset and a.enabled
where not exists (select 1 from ssh_settings w where w.asset = s.asset and w.name in ('allowusers', 'allowgroups'))
group by s.asset
having count(distinct a.name) >= 2
