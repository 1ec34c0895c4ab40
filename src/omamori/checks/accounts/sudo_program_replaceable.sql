/*---
title: {ja: sudo で動くプログラムが書き換えられる場所にある, en: A program run by sudo lies where others may write}
severity: high
subject: asset
key: [asset, who, program]
scope: select asset from hosts where platform = 'linux'
why:
  ja: そのファイルを差し替えた人は、次に動いたときに管理者の権限を得ます。
  en: Whoever replaces the file has the administrator's rights when it next runs.
message:
  ja: "{asset}: {who} が sudo で動かす {program} は、管理者以外が書き換えられる場所にあります"
  en: "{asset}: {program}, run by {who} with sudo, lies where others than the administrator may write"
fix:
  cost: none
  ja: プログラムを /usr/local/sbin に移し、持ち主を root、権限を 755 にして、規則に書かれたパスを書き直してください。
  en: Move it to /usr/local/sbin, owned by root with mode 755, and change the path in the rule.
  run: sudo install -o root -g root -m 755 PROGRAM /usr/local/sbin/
ask:
  ja: このプログラムを管理者だけが書ける場所へ移せるかを確認してください。
  en: Ask whether the program can be moved to a place only the administrator writes to.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    sudo_rules:
      - {asset: ehr, who: ops, command: /home/ops/restart.sh}
      - {asset: ehr, who: ops, command: "/opt/app/bin/run --all"}
      - {asset: bsd, who: ops, command: /tmp/x}
    file_permissions:
      - {asset: ehr, path: /opt/app/bin/run, kind: service-program, owner: app, mode: "0755"}
    fails: [[ehr, ops, /home/ops/restart.sh], [ehr, ops, /opt/app/bin/run]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    sudo_rules: [{asset: ehr, who: ops, command: /usr/bin/rsync}, {asset: ehr, who: ops, command: ALL}, {asset: ehr, who: ops, command: /opt/app/bin/safe}]
    file_permissions:
      - {asset: ehr, path: /opt/app/bin/safe, kind: service-program, owner: root, mode: "0755"}
      - {asset: ehr, path: /opt/app/bin/other, kind: service-program, owner: app, mode: "0755"}
---*/
select asset, who, split_part(command, ' ', 1) as program, evidence
from sudo_rules
where regexp_matches(command, '^/(home|tmp|var/tmp|dev/shm)/')
union
select r.asset, r.who, f.path as program, r.evidence
from sudo_rules r
join file_permissions f on f.asset = r.asset and f.path = split_part(r.command, ' ', 1) and f.owner <> 'root'
