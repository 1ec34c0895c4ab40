/*---
title:
  ja: 管理者(root)がパスワードでSSHログインできる
  en: The administrator (root) may log in over SSH with a password
severity: high
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: rootという名前は誰でも知っています。パスワードさえ当たれば、機器を丸ごと操作されます。総当たりは自動で続けられます。
  en: Everybody knows the name root. One guessed password gives the whole machine, and guessing is done by machines.
message:
  ja: "{asset}: SSHでrootのパスワードログインが許可されています(PermitRootLogin {permit})"
  en: "{asset}: SSH lets root log in with a password (PermitRootLogin {permit})"
fix:
  cost: none
  ja: /etc/ssh/sshd_config に PermitRootLogin no と書き、別の管理者アカウントで入れることを確かめてから読み直してください。
  en: Write PermitRootLogin no in /etc/ssh/sshd_config, make sure that another administrator can log in, then reload.
  run: |
    sudo sshd -t && sudo systemctl reload ssh   # RHEL family: sshd
ask:
  ja: rootでのパスワードログインを止め、個人ごとのアカウントと鍵で保守できるかを確認してください。
  en: Ask whether maintenance can use personal accounts and keys instead of root's password.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: pacs, platform: linux}]
    ssh_settings:
      - {asset: pacs, name: permitrootlogin, value: "yes"}
      - {asset: pacs, name: passwordauthentication, value: "yes"}
    fails: [pacs]
  good:
    hosts: [{asset: key, platform: linux}, {asset: noroot, platform: linux}, {asset: other, platform: linux}, {asset: bsd, platform: other}]
    ssh_settings:
      - {asset: key, name: permitrootlogin, value: "yes"}
      - {asset: key, name: passwordauthentication, value: "no"}
      - {asset: noroot, name: permitrootlogin, value: "no"}
      - {asset: noroot, name: passwordauthentication, value: "yes"}
      - {asset: other, name: permitemptypasswords, value: "yes"}
      - {asset: other, name: permitrootlogin, value: prohibit-password}
      - {asset: other, name: x11forwarding, value: "yes"}
      - {asset: bsd, name: permitrootlogin, value: "yes"}
      - {asset: bsd, name: passwordauthentication, value: "yes"}
---*/
select root.asset, root.value as permit, root.evidence
from ssh_settings root
join ssh_settings password on password.asset = root.asset and password.name = 'passwordauthentication' and password.value = 'yes'
where root.name = 'permitrootlogin' and root.value = 'yes'
