/*---
title: {ja: SSHが古い暗号を受け付ける, en: SSH accepts old cryptography}
severity: low
subject: asset
key: [asset, algorithm]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 破り方が知られた暗号を許していると、通信を盗み見た者に内容やパスワードを読まれる恐れがあります。
  en: Where methods with known weaknesses are allowed, somebody who listens may read what is typed.
message:
  ja: "{asset}: {setting} に古い方式 {algorithm} が含まれています"
  en: "{asset}: {setting} contains the old method {algorithm}"
fix:
  cost: none
  ja: /etc/ssh/sshd_config の Ciphers・MACs・KexAlgorithms の行から古い方式を除いてください。行が無ければ、OpenSSHを更新すると既定から外れます。
  en: Take the old methods out of the lines Ciphers, MACs and KexAlgorithms. Where there is no such line, a newer OpenSSH leaves them out by itself.
  run: |
    sudo sshd -T | grep -E '^(ciphers|macs|kexalgorithms)'
    sudo sshd -t && sudo systemctl reload ssh   # RHEL family: sshd
ask:
  ja: 保守に使う端末のソフトが新しい暗号に対応しているかと、古い方式を外せるかを確認してください。
  en: Ask whether the maintenance software knows newer methods and whether the old ones can be removed.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    ssh_settings:
      - {asset: ehr, name: ciphers, value: "aes256-ctr,aes128-cbc,arcfour256"}
      - {asset: ehr, name: macs, value: "hmac-md5,umac-64@openssh.com"}
      - {asset: ehr, name: kexalgorithms, value: "diffie-hellman-group1-sha1,curve25519-sha256"}
      - {asset: bsd, name: ciphers, value: 3des-cbc}
    fails: [[ehr, aes128-cbc], [ehr, arcfour256], [ehr, hmac-md5], [ehr, diffie-hellman-group1-sha1]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    ssh_settings:
      - {asset: ehr, name: ciphers, value: "aes256-ctr,chacha20-poly1305@openssh.com"}
      - {asset: ehr, name: hostkeyalgorithms, value: "ssh-md5,x-cbc"}
---*/
select s.asset, s.name as setting, t.algorithm, s.evidence
from ssh_settings s, unnest(string_split(s.value, ',')) as t(algorithm)
where s.name in ('ciphers', 'macs', 'kexalgorithms')
  and regexp_matches(t.algorithm, '-cbc|arcfour|hmac-md5|hmac-ripemd|group1-sha1|group-exchange-sha1|group14-sha1$')
