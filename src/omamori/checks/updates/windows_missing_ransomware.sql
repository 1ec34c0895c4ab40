/*---
title: {ja: ランサムウエアに使われた弱点を直す更新が入っていない, en: An update against flaws that ransomware used is missing}
severity: critical
subject: asset
key: [asset, patch_id]
scope: select asset from hosts where platform = 'windows'
why:
  ja: この更新で直る弱点は、実際のランサムウエアに使われました。入れれば閉じられる入口が開いたままです。
  en: Real ransomware used the flaws this update closes. A way in stays open that an installation would shut.
message:
  ja: "{asset}: {patch_id} が入っていません。ランサムウエアに使われた弱点 {ransomware} 件を閉じます。{behind_since} から遅れています。経緯 {chain}"
  en: "{asset}: {patch_id} is missing; it closes {ransomware} flaws that ransomware used. Behind since {behind_since}. Chain: {chain}"
fix:
  cost: low
  ja: バックアップを確かめてから、この更新を入れてください。閉じたネットワークでは、検査した媒体で更新ファイルを運べます。
  en: Check the backup, then install this update. In a closed network carry the file on a scanned medium.
  run: |
    # what is installed, newest first
    Get-HotFix | Sort-Object InstalledOn -Descending | Select-Object -First 5
ask:
  ja: この更新を入れられるのはいつですか。入れられないときは、その理由と代わりの対策を書面でください。
  en: When can this update be installed? If it cannot, send us the reason and the protection meanwhile in writing.
examples:
  now: 2026-01-31
  bad:
    hosts: [{asset: a, platform: windows}, {asset: b, platform: windows}, {asset: c, platform: windows}, {asset: lx, platform: linux}]
    missing_patches:
      - {asset: a, patch_id: KB5034122, ransomware: 1, exploited: 2, behind_since: 2026-01-20}
      - {asset: b, patch_id: KB5034122, ransomware: 2, exploited: 2, undecided: true, doubt: "the list was cut"}
      - {asset: c, patch_id: KB5034122, ransomware: 0, exploited: 2}
      - {asset: lx, patch_id: KB5034122, ransomware: 2}
    fails: [[a, KB5034122]]
    unknowns: [[b, KB5034122]]
  good:
    hosts: [{asset: a, platform: windows}]
    missing_patches: [{asset: a, patch_id: KB5034122, ransomware: 0}]
    passes: [a]
---*/
select asset, patch_id, ransomware, behind_since, chain, case when undecided then 'to_confirm' end as unknown, evidence
from missing_patches
where ransomware > 0
