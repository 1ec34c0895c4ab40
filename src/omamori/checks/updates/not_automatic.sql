/*---
title:
  ja: セキュリティ更新が自動で入らない
  en: Security updates do not install themselves
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 人手だけに頼ると、忙しい時期に更新が止まります。自動にできない機器では、担当者と周期を決めておくことが大切です。
  en: Where people must remember it, updating stops in busy times. Where it cannot be automatic, name who does it and how often.
message:
  ja: "{asset}: セキュリティ更新は自動では入りません({manager})"
  en: "{asset}: security updates are not installed automatically ({manager})"
fix:
  cost: low
  ja: 自動更新を有効にするか、毎月の更新日と担当者を決めて台帳に記入してください。
  en: Turn automatic updates on, or write into the ledger who updates on which day of the month.
  run: |
    sudo apt-get install unattended-upgrades && sudo dpkg-reconfigure -plow unattended-upgrades   # Debian, Ubuntu
    sudo dnf install dnf-automatic && sudo systemctl enable --now dnf-automatic-install.timer   # RHEL family
ask:
  ja: 更新の担当と周期が保守契約に書かれているかを確認してください。
  en: Ask whether the contract says who updates and how often.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: linux}, {asset: win, platform: windows}]
    update_policy: [{asset: a, automatic: false}, {asset: win, automatic: false}]
    fails: [a]
  good:
    hosts: [{asset: a, platform: linux}, {asset: b, platform: linux}]
    update_policy: [{asset: a, automatic: true}, {asset: b}]
    passes: [a, b]
---*/
select asset, manager, evidence
from update_policy
where automatic is false
