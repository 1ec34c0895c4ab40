/*---
title: {ja: プログラムを囲い込む仕組みが止まっている, en: Programs are not confined}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: SELinuxやAppArmorは、乗っ取られたプログラムが関係のないファイルに触れるのを止めます。標準で付いていて費用はかかりません。
  en: SELinux and AppArmor keep a captured program from files that are not its business. They come with the system.
message:
  ja: "{asset}: {names} の状態は {modes} です"
  en: "{asset}: {names} is {modes}"
fix:
  cost: none
  ja: まず記録だけの状態(permissive、complain)で1か月動かし、困る記録がなければ有効にしてください。
  en: Let it only record (permissive, complain) for a month, then enforce it when nothing was in the way.
  run: |
    sudo sed -i 's/^SELINUX=disabled/SELINUX=permissive/' /etc/selinux/config && sudo touch /.autorelabel   # RHEL family, then restart
    sudo systemctl enable --now apparmor   # Debian, Ubuntu
ask:
  ja: 止めた理由と、有効にしたときに動かなくなる製品があるかを確認してください。
  en: Ask why it was switched off and whether a product fails when it is on.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: lab, platform: linux}, {asset: bsd, platform: other}]
    security_products:
      - {asset: ehr, name: selinux, kind: mac, running: true, mode: permissive}
      - {asset: lab, name: selinux, kind: mac, running: false, mode: disabled}
      - {asset: lab, name: apparmor, kind: mac, running: true, mode: complain}
      - {asset: bsd, name: selinux, kind: mac, running: true, mode: permissive}
    fails: [ehr, lab]
  good:
    hosts: [{asset: ehr, platform: linux}, {asset: lab, platform: linux}]
    security_products:
      - {asset: ehr, name: selinux, kind: mac, running: false, mode: disabled}
      - {asset: ehr, name: apparmor, kind: mac, running: true, mode: enforcing}
      - {asset: lab, name: auditd, kind: audit, running: true, mode: disabled}
---*/
select asset, string_agg(name, ', ') as names, string_agg(mode, ', ') as modes, min(evidence) as evidence
from security_products
where kind = 'mac'
group by asset
having not bool_or(mode = 'enforcing')
