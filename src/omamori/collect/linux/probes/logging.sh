# Logs: where they go, how long they stay, whether a copy leaves the machine.
# Reads: rsyslog, syslog-ng, journald, logrotate and auditd configuration. Root sees more: auditd.conf.

logging_running() {
    for pid in /proc/[0-9]*; do
        read -r name 2>/dev/null <"$pid/comm" || continue
        case $name in rsyslogd | syslog-ng | syslogd | systemd-journal* | auditd | busybox) echo "$name" ;; esac
    done
    echo searched
}
logging_programs() {
    for program in rsyslogd syslog-ng syslogd journalctl auditd logrotate; do command -v "$program"; done
    [ -x /usr/lib/systemd/systemd-journald ] || [ -x /lib/systemd/systemd-journald ] && echo /lib/systemd/systemd-journald
    echo searched
}
section running logging_running
section programs logging_programs
section_file rsyslog /etc/rsyslog.conf /etc/rsyslog.d/*.conf
section_file syslog-ng /etc/syslog-ng/syslog-ng.conf /etc/syslog-ng/conf.d/*.conf
section_file journald /usr/lib/systemd/journald.conf.d/*.conf /etc/systemd/journald.conf /etc/systemd/journald.conf.d/*.conf
section journal-dir ls -ld /var/log/journal /run/log/journal
section_file journal-upload /etc/systemd/journal-upload.conf
section_file logrotate /etc/logrotate.conf /etc/logrotate.d/*
section_file auditd /etc/audit/auditd.conf
section_file audisp /etc/audit/plugins.d/syslog.conf /etc/audit/plugins.d/au-remote.conf /etc/audisp/plugins.d/syslog.conf /etc/audisp/plugins.d/au-remote.conf /etc/audit/audisp-remote.conf /etc/audisp/audisp-remote.conf
section wtmp ls -l /var/log/wtmp
