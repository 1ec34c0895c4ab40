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
# With both address families the C library opens a (silent) socket to sort the addresses, and nothing here
# may look like a connection: so ask with one family, and leave out what that changes in the answer.
ssh_effective() {
    settings=$(limit sshd -T -o AddressFamily=inet 2>/dev/null) || { limit sshd -T; return; }
    printf '%s\n' "$settings" | sed -e '/^addressfamily /d' -e '/^listenaddress 0\.0\.0\.0:/d'
}
section programs ssh_programs
section version ssh_version
section effective ssh_effective
section_file config /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf /usr/etc/ssh/sshd_config /usr/etc/ssh/sshd_config.d/*.conf
section_file sysconfig /etc/sysconfig/sshd /etc/default/ssh
