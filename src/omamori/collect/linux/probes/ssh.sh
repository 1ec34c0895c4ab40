# SSH server: the settings in force, and the files they come from (for the Match blocks).
# Reads: sshd -T, /etc/ssh/sshd_config and what it includes. `sshd -T` needs root: it reads the host keys.

ssh_programs() {
    for program in sshd dropbear; do command -v "$program"; done
    for path in /usr/lib/ssh/sshd /opt/openssh/sbin/sshd; do [ -x "$path" ] && echo "$path"; done
    echo searched
}
ssh_version() {
    sshd -V 2>&1 || ssh -V 2>&1
}
section programs ssh_programs
section version ssh_version
section effective sshd -T
section_file config /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf /usr/etc/ssh/sshd_config /usr/etc/ssh/sshd_config.d/*.conf
section_file sysconfig /etc/sysconfig/sshd /etc/default/ssh
