# Ports that listen and connections at this moment, with their processes.
# Root sees more: the processes of other accounts.

process_accounts() {
    ps -eo pid,user:32,comm 2>/dev/null || ps -o pid,user,comm
}
account_numbers() {
    # Names and numbers only.
    awk -F: '{ print $3 " " $1 }' /etc/passwd
}
section ss ss -tunape
have ss || section netstat netstat -tunap
# Some netstat of busybox know no -p and refuse: then these tell, without processes.
have ss || section_file proc /proc/net/tcp /proc/net/tcp6 /proc/net/udp /proc/net/udp6
section processes process_accounts
section accounts account_numbers
