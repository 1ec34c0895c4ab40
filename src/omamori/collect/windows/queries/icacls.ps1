# Rights on the programs of services and on their folders; those of Windows itself are left out.
$paths = @{}
foreach ($service in Get-WmiObject Win32_Service) {
  if ($service.PathName -match '^\W?([A-Za-z]:.+?\.exe)' -and $matches[1] -notlike ($env:SystemRoot + '\*')) {
    $paths[$matches[1]] = 1
    $paths[(Split-Path $matches[1])] = 1
  }
}
foreach ($path in ($paths.Keys | Sort-Object)) { icacls $path }
