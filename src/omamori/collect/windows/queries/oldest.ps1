# Only when the oldest event was, nothing of what it says.
$rows = @()
foreach ($log in @('Application', 'Security', 'System')) {
  $oldest = ''
  try { $oldest = (Get-WinEvent -LogName $log -Oldest -MaxEvents 1).TimeCreated.ToString('s') } catch { $oldest = '' }
  $row = New-Object PSObject
  $row | Add-Member NoteProperty LogName $log
  $row | Add-Member NoteProperty OldestEvent $oldest
  $rows += $row
}
$rows | ConvertTo-Csv -NoTypeInformation
