/*---
title: {ja: パスワードなしのSSHログインが許可されている, en: SSH accepts accounts without a password}
severity: critical
subject: asset
key: [asset, rule]
scope: select asset from hosts where platform = 'linux'
why:
  ja: パスワードのないアカウントが一つでもできると、その名前だけで誰でも入れます。
  en: As soon as one account has no password, its name is enough to get in.
message:
  ja: "{asset}: PermitEmptyPasswords が yes です(条件: {rule})"
  en: "{asset}: PermitEmptyPasswords is yes (for: {rule})"
fix:
  cost: none
  ja: /etc/ssh/sshd_config で PermitEmptyPasswords no にして、読み直してください。
  en: Set PermitEmptyPasswords no in /etc/ssh/sshd_config and reload.
  run: |
    sudo sshd -t && sudo systemctl reload ssh   # RHEL family: sshd
ask:
  ja: パスワードなしのログインを許している理由と、止められる日を確認してください。
  en: Ask why it is allowed and by when it can be stopped.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    ssh_settings:
      - {asset: ehr, name: permitemptypasswords, value: "yes"}
      - {asset: ehr, name: permitemptypasswords, value: "yes", match_rule: User kiosk}
      - {asset: bsd, name: permitemptypasswords, value: "yes"}
    fails: [[ehr, all], [ehr, User kiosk]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    ssh_settings: [{asset: ehr, name: permitemptypasswords, value: "no"}, {asset: ehr, name: passwordauthentication, value: "yes"}]
---*/
select asset, coalesce(match_rule, 'all') as rule, evidence
from ssh_settings
where name = 'permitemptypasswords' and value = 'yes'
