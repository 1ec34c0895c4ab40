/*---
title: {ja: SSHのパスワードを何度でも試せる, en: SSH passwords may be guessed without limit}
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 間違えても止まらない入口には、プログラムが一晩で何万回もパスワードを試せます。
  en: Where wrong passwords have no consequence, a machine tries tens of thousands in one night.
message:
  ja: "{asset}: SSHはパスワードで入れ、間違いを数えて止める仕組みがありません"
  en: "{asset}: SSH takes passwords, and nothing counts and stops wrong ones"
fix:
  cost: none
  ja: 間違えた相手を一定時間拒む仕組み(fail2ban)を入れるか、鍵でのログインに変えてPasswordAuthentication noにしてください。
  en: Install something that shuts out whoever fails (fail2ban), or change to keys and set PasswordAuthentication no.
  run: |
    sudo apt install fail2ban python3-systemd   # Debian, Ubuntu
    printf '[sshd]\nenabled = true\nbackend = systemd\n' | sudo tee /etc/fail2ban/jail.d/sshd.local && sudo systemctl restart fail2ban
    sudo authselect enable-feature with-faillock   # RHEL family
ask:
  ja: 保守のログインを鍵に変えられるか、間違いが続いたときに止める設定を入れられるかを確認してください。
  en: Ask whether maintenance can log in with keys, or whether a lockout after wrong attempts can be set.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: lab, platform: linux}, {asset: bsd, platform: other}]
    ssh_settings:
      - {asset: ehr, name: passwordauthentication, value: "yes"}
      - {asset: lab, name: passwordauthentication, value: "yes"}
      - {asset: bsd, name: passwordauthentication, value: "yes"}
    password_policy: [{asset: ehr, lockout_threshold: 0}, {asset: lab, lockout_threshold: 0}, {asset: bsd, lockout_threshold: 0}]
    security_products: [{asset: lab, name: fail2ban, kind: blocker, running: false}, {asset: lab, name: clamav, kind: antivirus, running: true}]
    fails: [ehr, lab]
  good:
    hosts: [{asset: a, platform: linux}, {asset: b, platform: linux}, {asset: c, platform: linux}, {asset: d, platform: linux}, {asset: e, platform: linux}]
    ssh_settings:
      - {asset: a, name: passwordauthentication, value: "no"}
      - {asset: b, name: passwordauthentication, value: "yes"}
      - {asset: c, name: passwordauthentication, value: "yes"}
      - {asset: d, name: usepam, value: "yes"}
      - {asset: e, name: passwordauthentication, value: "yes", match_rule: User vendor}
    password_policy:
      - {asset: a, lockout_threshold: 0}
      - {asset: b, lockout_threshold: 5}
      - {asset: c, lockout_threshold: 0}
      - {asset: d, lockout_threshold: 0}
      - {asset: e, lockout_threshold: 0}
    security_products: [{asset: c, name: fail2ban, kind: blocker, running: true}]
---*/
select s.asset, s.evidence
from ssh_settings s
join password_policy p on p.asset = s.asset and p.lockout_threshold = 0
where s.name = 'passwordauthentication' and s.value = 'yes' and s.match_rule is null
  and not exists (select 1 from security_products b where b.asset = s.asset and b.kind = 'blocker' and b.running)
