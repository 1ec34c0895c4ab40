/*---
title:
  ja: 最重要の機器のバックアップが台帳にない
  en: No backup is declared for an important machine
severity: critical
subject: asset
key: [asset]
scope: select asset from assets where important
why:
  ja: 暗号化や故障のあと、診療の記録を元に戻せるのはバックアップだけです。
  en: After encryption or a failure, only a backup brings the records back.
message:
  ja: "{asset}: 「バックアップ」シートに一つもありません(用途: {purpose})"
  en: "{asset}: no row in the sheet of backups (purpose: {purpose})"
fix:
  cost: low
  ja: 業者に今の取り方を聞いて書いてください。取っていなければ、OS標準の機能で別の機器に毎晩取ることから始めます。
  en: Ask the vendor how it is made and enter it. If it is not, begin with the system's own tool, nightly, to another machine.
ask:
  ja: 「この機器のバックアップはどこに、何世代、最後に戻したのはいつですか」と文書で確認してください。
  en: Ask in writing where its backup is, how many generations there are and when one was last restored.
examples:
  now: 2026-01-31
  bad:
    assets: [{asset: ehr, important: true}, {asset: ris, important: true}, {asset: pacs, important: true}, {asset: pc}]
    ledger_assets: [{asset: ehr, purpose: EHR}]
    declared_backups: [{asset: pacs, job: night}]
    fails: [ehr, ris]
    passes: [pacs]
  good:
    assets: [{asset: pacs, important: true}]
    declared_backups: [{asset: pacs, job: night}]
---*/
select a.asset, m.purpose, a.evidence
from assets a left join ledger_assets m on m.asset = a.asset
where not exists (select 1 from declared_backups b where b.asset = a.asset)
