/*---
title: {ja: パスワードの保存方式が古い, en: Passwords are stored in an old way}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 古い方式で保存されたパスワードは、盗まれたファイルから数時間で元に戻せます。
  en: From a stolen file, passwords stored the old way are recovered within hours.
message:
  ja: "{asset}: 保存方式が {method} です"
  en: "{asset}: they are stored with {method}"
fix:
  cost: none
  ja: 方式をSHA512かyescryptに変え、その後で各自のパスワードを一度変えてください(変えた時に新しい方式になります)。
  en: Change the method to SHA512 or yescrypt, then have everybody change the password once; only then the new method is used.
  run: |
    sudo sed -i 's/^ENCRYPT_METHOD.*/ENCRYPT_METHOD SHA512/' /etc/login.defs
    sudo grep -n pam_unix.so /etc/pam.d/common-password /etc/pam.d/system-auth
ask:
  ja: 保存方式をSHA512以上にできるか、できない場合はその理由を確認してください。
  en: Ask whether SHA512 or better can be used, and why not where it cannot.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: lab, platform: linux}, {asset: bsd, platform: other}]
    password_policy: [{asset: ehr, hash_algorithm: MD5}, {asset: lab, hash_algorithm: des}, {asset: bsd, hash_algorithm: MD5}]
    fails: [ehr, lab]
  good:
    hosts: [{asset: ehr, platform: linux}]
    password_policy: [{asset: ehr, hash_algorithm: SHA512}]
---*/
select asset, hash_algorithm as method, evidence
from password_policy
where upper(hash_algorithm) in ('MD5', 'DES', 'BIGCRYPT')
