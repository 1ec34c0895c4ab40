# By ADSI, which every Windows has. Administrators is found by its SID, whatever its name.
$sid = New-Object System.Security.Principal.SecurityIdentifier 'S-1-5-32-544'
$group = $sid.Translate([System.Security.Principal.NTAccount]).Value.Split('\')[1]
$administrators = @{}
foreach ($member in ([ADSI]('WinNT://' + $env:COMPUTERNAME + '/' + $group + ',group')).psbase.Invoke('Members')) {
  $bytes = $member.GetType().InvokeMember('objectSid', 'GetProperty', $null, $member, $null)
  $administrators[(New-Object System.Security.Principal.SecurityIdentifier($bytes, 0)).Value] = 1
}
$rows = @()
foreach ($user in ([ADSI]('WinNT://' + $env:COMPUTERNAME + ',computer')).psbase.Children) {
  if ($user.psbase.SchemaClassName -ne 'User') { continue }
  $id = (New-Object System.Security.Principal.SecurityIdentifier($user.objectSid.Value, 0)).Value
  $last = ''
  try { $last = ([DateTime]$user.LastLogin.Value).ToString('yyyy-MM-ddTHH:mm:ss') } catch { }
  $row = New-Object PSObject
  $row | Add-Member NoteProperty Name ([string]$user.Name.Value)
  $row | Add-Member NoteProperty SID $id
  $row | Add-Member NoteProperty UserFlags ([int]$user.UserFlags.Value)
  $row | Add-Member NoteProperty PasswordAge ([int]$user.PasswordAge.Value)
  $row | Add-Member NoteProperty LastLogin $last
  $row | Add-Member NoteProperty Administrator ($administrators.ContainsKey($id))
  $rows += $row
}
$rows | ConvertTo-Csv -NoTypeInformation
