# Running processes: number, parent, account, start, name and path of the program. Arguments are never read: they may hold secrets.
# Root sees more: the program path of processes of other accounts.

process_list() {
    have ps || return 127
    limit ps -eo pid,ppid,user:32,lstart,comm 2>/dev/null || ps -o pid,ppid,user,comm
}
programs() {
    ls -l /proc/[0-9]*/exe 2>/dev/null
    return 0
}
section ps process_list
section exe programs
