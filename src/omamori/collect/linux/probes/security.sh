# Products that protect the machine: antivirus, behaviour detection, mandatory access control, audit, integrity, device control.
# Reads: programs and folders known for such products, names of running processes, states of AppArmor and SELinux, dates of signatures.
# Root sees more: modes of profiles and state of some products.

security_running() {
    for pid in /proc/[0-9]*; do
        read -r name 2>/dev/null <"$pid/comm" && echo "$name"
    done | sort -u
    echo 'searched .'
}
security_paths() {
    for path in /opt/ds_agent /opt/TrendMicro /opt/sophos-spl /opt/sophos-av /opt/CrowdStrike /opt/microsoft/mdatp /opt/eset /opt/sentinelone \
        /opt/carbonblack /opt/cybereason /opt/kaspersky /opt/isec/ens /opt/McAfee /opt/Symantec /opt/f-secure /opt/withsecure \
        /opt/bitdefender-security-tools /opt/traps /opt/Elastic/Agent /opt/Tanium /var/ossec /opt/fireeye /opt/DrWeb /opt/drweb.com; do
        [ -e "$path" ] && echo "$path"
    done
    for program in clamscan clamd freshclam fail2ban-server auditd aide tripwire usbguard samhain osqueryd rkhunter chkrootkit getenforce apparmor_status aa-status mdatp falconctl crowdsec sshguard; do
        command -v "$program"
    done
    echo searched
}
security_signatures() {
    code=1
    for file in /var/lib/clamav/daily.cvd /var/lib/clamav/daily.cld /var/lib/clamav/main.cvd /var/lib/clamav/main.cld; do
        [ -f "$file" ] || continue
        code=0
        [ -r "$file" ] || { echo "$file !unreadable"; continue; }
        printf '%s %s\n' "$file" "$(head -c 60 "$file" | tr -cd '[:print:]')"
    done
    return $code
}
security_baselines() {
    for file in /var/lib/aide/aide.db /var/lib/aide/aide.db.gz /var/lib/tripwire/*.twd; do
        [ -f "$file" ] && ls -l --time-style=+%Y-%m-%d "$file"
    done
    for dir in /var/lib/aide /var/lib/tripwire; do [ -d "$dir" ] && [ ! -x "$dir" ] && echo "$dir !unreadable"; done
    echo searched
}
security_selinux() {
    if [ -r /sys/fs/selinux/enforce ]; then printf 'enforce %s\n' "$(cat /sys/fs/selinux/enforce)"; return 0; fi
    have getenforce || return 127
    printf 'getenforce %s\n' "$(getenforce)"
}
section running security_running
section paths security_paths
section signatures security_signatures
section clamav clamscan --version
section baselines security_baselines
section selinux security_selinux
section_file selinux-config /etc/selinux/config
section_file apparmor /sys/module/apparmor/parameters/enabled
section_file apparmor-profiles /sys/kernel/security/apparmor/profiles
section_file lsm /sys/kernel/security/lsm
section auditctl auditctl -s
section_file usbguard /etc/usbguard/usbguard-daemon.conf
section mdatp mdatp health
