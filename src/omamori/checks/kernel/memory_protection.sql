/*---
title: {ja: 乗っ取りを難しくする標準の仕組みが外されている, en: A standard protection of the kernel was taken away}
severity: medium
subject: asset
key: [asset, setting]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 置き場所を毎回変えるなどの仕組みは、弱点を突く攻撃を難しくします。外すのは、古い製品のための一時しのぎが多いです。
  en: Such protections make flaws harder to use. Often they were switched off for an old product.
message:
  ja: "{asset}: {setting} が {value} です(標準は {standard})"
  en: "{asset}: {setting} is {value} (the standard is {standard})"
fix:
  cost: none
  ja: 外している設定ファイルを探し、その行を消し、標準の値を今すぐ入れてください(消しただけでは、次の起動まで変わりません)。
  en: Find the file that switches it off, delete the line and set the standard now (deleting alone changes nothing until the next start).
  run: |
    grep -rn 'randomize_va_space\|tcp_syncookies\|unprivileged_bpf' /etc/sysctl.conf /etc/sysctl.d
    sudo sysctl -w SETTING=VALUE
ask:
  ja: 外した理由と、標準に戻したときに動かなくなる製品があるかを確認してください。
  en: Ask why it was taken away and whether a product fails with the standard.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    kernel_settings:
      - {asset: ehr, name: kernel.randomize_va_space, value: "1"}
      - {asset: ehr, name: net.ipv4.tcp_syncookies, value: "0"}
      - {asset: ehr, name: kernel.unprivileged_bpf_disabled, value: "0"}
      - {asset: bsd, name: kernel.randomize_va_space, value: "0"}
    fails: [[ehr, kernel.randomize_va_space], [ehr, kernel.unprivileged_bpf_disabled], [ehr, net.ipv4.tcp_syncookies]]
  good:
    hosts: [{asset: ehr, platform: linux}]
    kernel_settings:
      - {asset: ehr, name: kernel.randomize_va_space, value: "2"}
      - {asset: ehr, name: net.ipv4.tcp_syncookies, value: "1"}
      - {asset: ehr, name: kernel.unprivileged_bpf_disabled, value: "1"}
      - {asset: ehr, name: kernel.sysrq, value: "0"}
---*/
with wanted as (
  select asset, name, value, evidence,
    case name when 'kernel.randomize_va_space' then 2 when 'net.ipv4.tcp_syncookies' then 1 when 'kernel.unprivileged_bpf_disabled' then 1 end as standard
  from kernel_settings
)
select asset, name as setting, value, standard, evidence
from wanted
where try_cast(value as integer) < standard
