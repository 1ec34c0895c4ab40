/*---
title: {ja: パスワードなしで何でもできる sudo がある, en: sudo allows everything without a password}
severity: high
subject: asset
key: [asset, who]
scope: select asset from hosts where platform = 'linux'
why:
  ja: このアカウントに入られた瞬間に、機器全体が相手のものになります。置き忘れた画面でも同じです。
  en: Whoever gets into this account owns the machine at once; so does whoever finds the screen open.
message:
  ja: "{asset}: {who} は sudo で全ての操作をパスワードなしで行えます"
  en: "{asset}: {who} may do everything by sudo without a password"
fix:
  cost: none
  ja: NOPASSWD を外すか、必要なコマンドだけに絞ってください。編集は必ず visudo で行います。
  en: Remove NOPASSWD or limit it to the commands needed. Always edit with visudo.
  run: sudo grep -rn NOPASSWD /etc/sudoers /etc/sudoers.d
ask:
  ja: パスワードなしの sudo が要る理由と、使うコマンドだけに絞れるかを確認してください。
  en: Ask why it is needed and whether it can be limited to the commands in use.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    sudo_rules: [{asset: ehr, who: vendor, command: ALL, no_password: true, run_as: ALL}, {asset: bsd, who: vendor, command: ALL, no_password: true}]
    fails: [[ehr, vendor]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    sudo_rules:
      - {asset: ehr, who: "%sudo", command: ALL, no_password: false}
      - {asset: ehr, who: backup, command: /usr/bin/rsync, no_password: true}
      - {asset: ehr, who: dba, command: ALL, no_password: true, run_as: postgres}
---*/
select asset, who, evidence
from sudo_rules
where no_password and command = 'ALL' and coalesce(run_as, 'root') in ('ALL', 'root')
