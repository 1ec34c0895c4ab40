/*---
title: {ja: 管理者権限のプログラムの中身がファイルに残る, en: The memory of privileged programs is left in files}
severity: low
subject: asset
key: [asset]
scope: select asset from hosts where platform = 'linux'
why:
  ja: 止まったプログラムのメモリの内容(コアファイル)には、パスワードや診療の記録が含まれることがあります。
  en: The memory of a program that crashed may hold passwords and records.
message:
  ja: "{asset}: fs.suid_dumpable が {dump} で、書き出し先は {pattern} です"
  en: "{asset}: fs.suid_dumpable is {dump}, files go to {pattern}"
fix:
  cost: none
  ja: fs.suid_dumpable を 0 にしてください。
  en: Set fs.suid_dumpable to 0.
  run: |
    echo 'fs.suid_dumpable = 0' | sudo tee /etc/sysctl.d/60-core.conf && sudo sysctl --system
ask:
  ja: 調査のためにコアファイルが必要かを確認してください。
  en: Ask whether they need such files for analysis.
equivalent:
  "join kernel_settings as pattern -> left": the condition on its value leaves out a machine without it
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: ehr, platform: linux}, {asset: bsd, platform: other}]
    kernel_settings:
      - {asset: ehr, name: fs.suid_dumpable, value: "1"}
      - {asset: ehr, name: kernel.core_pattern, value: core}
      - {asset: bsd, name: fs.suid_dumpable, value: "1"}
      - {asset: bsd, name: kernel.core_pattern, value: core}
    fails: [ehr]
  good:
    hosts: [{asset: a, platform: linux}, {asset: b, platform: linux}, {asset: c, platform: linux}]
    kernel_settings:
      - {asset: a, name: fs.suid_dumpable, value: "0"}
      - {asset: a, name: kernel.core_pattern, value: core}
      - {asset: b, name: fs.suid_dumpable, value: "2"}
      - {asset: b, name: kernel.core_pattern, value: "|/usr/lib/systemd/systemd-coredump %P"}
      - {asset: b, name: kernel.core_uses_pid, value: "0"}
      - {asset: c, name: kernel.sysrq, value: "1"}
      - {asset: c, name: kernel.core_pattern, value: core}
---*/
select dump.asset, dump.value as dump, pattern.value as pattern, dump.evidence
from kernel_settings dump
join kernel_settings pattern on pattern.asset = dump.asset and pattern.name = 'kernel.core_pattern'
where dump.name = 'fs.suid_dumpable' and dump.value <> '0' and not starts_with(pattern.value, '|')
