# Only a domain controller is asked, about its own directory, a page at a time.
if ((Get-WmiObject Win32_ComputerSystem).DomainRole -lt 4) { return }
$search = New-Object System.DirectoryServices.DirectorySearcher
$search.PageSize = 1000
$search.Filter = '(objectCategory=computer)'
$names = 'samaccountname', 'dnshostname', 'operatingsystem', 'operatingsystemversion', 'useraccountcontrol', 'pwdlastset',
  'lastlogontimestamp', 'whencreated'
foreach ($name in $names) { [void]$search.PropertiesToLoad.Add($name) }
$search.FindAll() | ForEach-Object {
  $found = $_.Properties
  $row = New-Object PSObject
  $row | Add-Member NoteProperty SamAccountName ([string]$found['samaccountname'][0])
  $row | Add-Member NoteProperty DnsHostName ([string]$found['dnshostname'])
  $row | Add-Member NoteProperty OperatingSystem ([string]$found['operatingsystem'])
  $row | Add-Member NoteProperty OperatingSystemVersion ([string]$found['operatingsystemversion'])
  $row | Add-Member NoteProperty UserAccountControl ([string]$found['useraccountcontrol'])
  $row | Add-Member NoteProperty PwdLastSet ([string]$found['pwdlastset'])
  $row | Add-Member NoteProperty LastLogonTimestamp ([string]$found['lastlogontimestamp'])
  $row | Add-Member NoteProperty WhenCreated ($found['whencreated'][0].ToString('yyyy-MM-ddTHH:mm:ss'))
  $row
} | ConvertTo-Csv -NoTypeInformation
