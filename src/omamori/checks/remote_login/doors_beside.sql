/*---
title: {ja: SSHの通り抜け機能が開いている, en: SSH opens further doors}
severity: low
subject: asset
key: [asset, setting]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 画面の転送やトンネルは便利ですが、SSHで入れる者が院内の別の機器へ通り抜ける道にもなります。
  en: Forwarded screens and tunnels are handy, but they are also a way on into other machines for whoever logs in.
message:
  ja: "{asset}: {setting} が {value} です"
  en: "{asset}: {setting} is {value}"
fix:
  cost: none
  ja: 使っていなければ /etc/ssh/sshd_config で no にしてください。
  en: Set it to no in /etc/ssh/sshd_config unless somebody uses it.
  run: |
    printf 'X11Forwarding no\nPermitTunnel no\nGatewayPorts no\n' | sudo tee /etc/ssh/sshd_config.d/10-forwarding.conf
    sudo sshd -t && sudo systemctl reload ssh   # RHEL family: sshd
ask:
  ja: 保守でこの機能を使っているかを確認し、使っていなければ止めてもらってください。
  en: Ask whether maintenance needs it, and have it switched off where it does not.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    ssh_settings:
      - {asset: ehr, name: x11forwarding, value: "yes"}
      - {asset: ehr, name: permittunnel, value: point-to-point}
      - {asset: bsd, name: gatewayports, value: "yes"}
    fails: [[ehr, permittunnel], [ehr, x11forwarding]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    ssh_settings:
      - {asset: ehr, name: x11forwarding, value: "no"}
      - {asset: ehr, name: usepam, value: "yes"}
      - {asset: ehr, name: x11forwarding, value: "yes", match_rule: User admin}
---*/
select asset, name as setting, value, evidence
from ssh_settings
where name in ('x11forwarding', 'permittunnel', 'gatewayports') and value <> 'no' and match_rule is null
