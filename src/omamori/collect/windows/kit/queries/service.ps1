foreach ($service in Get-WmiObject Win32_Service) {
  $service | Select-Object Name, StartMode, State, StartName, PathName | Format-List
}
