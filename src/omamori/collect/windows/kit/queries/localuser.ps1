# By ADSI: Get-LocalUser is only in PowerShell 5.1 and newer.
$computer = [ADSI]('WinNT://' + $env:COMPUTERNAME + ',computer')
foreach ($user in $computer.psbase.Children) {
  if ($user.psbase.SchemaClassName -ne 'User') { continue }
  $flags = [int]$user.UserFlags.Value
  $sid = New-Object System.Security.Principal.SecurityIdentifier($user.objectSid.Value, 0)
  $row = New-Object PSObject
  $row | Add-Member NoteProperty Name ([string]$user.Name.Value)
  $row | Add-Member NoteProperty SID $sid.Value
  $row | Add-Member NoteProperty Enabled (($flags -band 2) -eq 0)
  $row | Add-Member NoteProperty PasswordRequired (($flags -band 32) -eq 0)
  $row | Add-Member NoteProperty PasswordLastSet ''
  if ([int]$user.PasswordAge.Value -gt 0) {
    $row.PasswordLastSet = (Get-Date).AddSeconds(-1 * $user.PasswordAge.Value).ToString('yyyy-MM-dd HH:mm:ss')
  }
  $row | Add-Member NoteProperty LastLogon ''
  try { $row.LastLogon = ([DateTime]$user.LastLogin.Value).ToString('yyyy-MM-dd HH:mm:ss') } catch { }
  $row | Format-List
}
