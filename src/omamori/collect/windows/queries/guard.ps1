foreach ($guard in Get-WmiObject -Namespace root\Microsoft\Windows\DeviceGuard -Class Win32_DeviceGuard) {
  $guard | Select-Object 'CodeIntegrityPolicyEnforcementStatus', 'UsermodeCodeIntegrityPolicyEnforcementStatus', 'SecurityServicesRunning' | Format-List
}
