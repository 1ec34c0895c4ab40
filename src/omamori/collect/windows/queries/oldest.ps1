# Only when the oldest event was, nothing of what it says.
$rows = @()
$logs = 'Application', 'Security', 'System', 'Microsoft-Windows-PowerShell/Operational', 'Microsoft-Windows-TaskScheduler/Operational',
  'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational'
foreach ($log in $logs) {
  $oldest = ''
  try { $oldest = (Get-WinEvent -LogName $log -Oldest -MaxEvents 1).TimeCreated.ToString('s') } catch { $oldest = '' }
  $row = New-Object PSObject
  $row | Add-Member NoteProperty LogName $log
  $row | Add-Member NoteProperty OldestEvent $oldest
  $rows += $row
}
$rows | ConvertTo-Csv -NoTypeInformation
