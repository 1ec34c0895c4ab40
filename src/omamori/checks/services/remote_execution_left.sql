/*---
title: {ja: 離れた機器で命令を実行する道具の跡が残っている, en: A tool that runs commands on other machines has left its trace}
severity: high
subject: asset
key: [asset, service]
scope: select asset from hosts where platform = 'windows'
why:
  ja: PsExecなどの道具は管理にも使われますが、侵入した者がランサムウエアを全台に配る時の定番です。だれも使った覚えがなければ、侵入の跡かもしれません。
  en: PsExec and its like are used by administrators, and by intruders who spread ransomware to every machine. If nobody remembers using one, it may be the trace of a break-in.
message:
  ja: "{asset}: サービス {service} が登録されています({state})"
  en: "{asset}: the service {service} is registered ({state})"
fix:
  cost: none
  ja: 使った人がいるかを尋ねてください。心当たりがなければ消さずに、日時を控えて連絡先の表の順に相談します。使っていた場合は、終わった後に消します。
  en: Ask who used it. If nobody did, do not delete it; note the time and call along your list of contacts. If somebody did, remove it when the work is done.
  run: |
    sc query PSEXESVC
    wevtutil qe System /q:"*[System[(EventID=7045)]]" /f:text /rd:true /c:20
ask:
  ja: 保守でPsExecなどを使っているか、いつ使ったかを確認してください。
  en: Ask whether maintenance uses PsExec or the like, and when it last did.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: lx, platform: linux}]
    services:
      - {asset: a, name: PSEXESVC, state: stopped}
      - {asset: a, name: PAExec-4120-SV01, state: running}
      - {asset: a, name: Spooler, state: running}
      - {asset: lx, name: psexesvc, state: running}
    fails: [[a, PSEXESVC], [a, PAExec-4120-SV01]]
  good:
    hosts: [{asset: a, platform: windows}]
    services: [{asset: a, name: WinRM, state: running}]
    passes: [a]
---*/
select asset, name as service, state, evidence
from services
where regexp_full_match(lower(name), 'psexesvc.*|paexec.*|csexecsvc|remcomsvc|winexesvc|xcmdsvc')
