/*---
title: {ja: 短い、または単純なパスワードを決められる, en: Short or simple passwords are accepted}
severity: medium
subject: asset
key: [asset]
scope: select asset from hosts where platform in ('linux', 'windows')
why:
  ja: 短いパスワードは総当たりで破られます。厚生労働省のガイドラインの考え方は、8文字以上で記号を混ぜるか、13文字以上です。
  en: Short ones fall to guessing. The ministry's guideline thinks of eight mixed characters, or thirteen.
message:
  ja: "{asset}: {shortest}文字のパスワードを決められます(8文字以上で記号を混ぜるか、13文字以上にします)"
  en: "{asset}: {shortest} characters are enough (eight of mixed kinds, or thirteen, is the aim)"
fix:
  cost: none
  ja: 最短を13文字にしてください。Linuxでは libpam-pwquality を入れ、/etc/security/pwquality.conf に minlen = 13 と書きます。
  en: Make thirteen characters the minimum. On Linux install libpam-pwquality and write minlen = 13 in /etc/security/pwquality.conf.
  run: |
    net accounts /minpwlen:13   # Windows, no domain; in a domain: the default domain policy
    sudo apt install libpam-pwquality   # Debian, Ubuntu
    sudo sed -i 's/^# *minlen.*/minlen = 13/' /etc/security/pwquality.conf
ask:
  ja: パスワードの最短文字数を13(または8で記号を混ぜる)にできるかを確認してください。
  en: Ask whether the minimum can be thirteen characters (or eight with mixed kinds).
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: lab, platform: linux}, {asset: bsd, platform: other}]
    password_policy: [{asset: ehr, min_length: 7, complexity: true}, {asset: lab, min_length: 12, complexity: false}, {asset: bsd, min_length: 5, complexity: true}]
    fails: [ehr, lab]
  good:
    hosts: [{asset: ehr, platform: linux}, {asset: lab, platform: linux}]
    password_policy: [{asset: ehr, min_length: 8, complexity: true}, {asset: lab, min_length: 13, complexity: false}]
---*/
select asset, min_length as shortest, evidence
from password_policy
where min_length < 8 or (min_length < 13 and not complexity)
