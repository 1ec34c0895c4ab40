# Who may do what as root: sudo rules.
# Reads: /etc/sudoers and what it includes; without root only what sudo tells the user himself, and only without a password.

sudo_programs() {
    command -v sudo
    echo searched
}
sudo_list() {
    if [ "$(id -u)" != 0 ]; then sudo -n -l; else return 1; fi
}
section programs sudo_programs
section_file sudoers /etc/sudoers /etc/sudoers.d/* /usr/local/etc/sudoers /usr/local/etc/sudoers.d/*
section list sudo_list
section version sudo -V
