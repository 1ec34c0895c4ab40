/*---
title:
  ja: 有効なファイアウォールがない
  en: No firewall is active
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 院内に入った攻撃者は、開いているポートを探して機器から機器へ広がります。機器ごとの壁があると広がりを遅らせられます。
  en: Somebody who got inside looks for open ports and spreads from machine to machine. A wall on each machine slows that down.
message:
  ja: "{asset}: この機器自身のファイアウォールが有効になっていません"
  en: "{asset}: the machine's own firewall is not active"
fix:
  cost: none
  ja: 必要なポートを調べて許可してから、ファイアウォールを有効にしてください。
  en: Find the ports that are needed, allow them, then switch the firewall on.
  run: |
    sudo apt install ufw && sudo ufw allow OpenSSH && sudo ufw enable   # Debian, Ubuntu
    sudo dnf install firewalld && sudo systemctl enable --now firewalld   # RHEL family
ask:
  ja: 機器のファイアウォールを有効にできるか、できない場合は手前のネットワーク機器で通信を絞れるかを確認してください。
  en: Ask whether the machine's firewall can be switched on, or whether a network device before it can limit who connects.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: bare, platform: linux}, {asset: disabled, platform: linux}, {asset: docker, platform: linux}, {asset: win, platform: windows}]
    firewall_profiles:
      - {asset: disabled, product: ufw, profile: input, enabled: false}
      - {asset: docker, product: iptables, profile: forward, enabled: true}
    fails: [bare, disabled, docker]
  good:
    hosts: [{asset: walled, platform: linux}]
    firewall_profiles:
      - {asset: walled, product: ufw, profile: input, enabled: true}
      - {asset: walled, product: firewalld, profile: public, enabled: false}
---*/
select h.asset, h.evidence
from hosts h
where not exists (select 1 from firewall_profiles f where f.asset = h.asset and f.enabled and starts_with(f.profile, 'input'))
