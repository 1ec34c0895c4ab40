# Settings of the running kernel and the state of rarely needed modules.
# Reads: /proc/sys, /proc/modules, modprobe -n (shows only, loads nothing), /etc/modprobe.d.
# Root sees more: some settings only root may read.

kernel_values() {
    for name in \
        kernel/hostname kernel/osrelease \
        net/ipv4/ip_forward net/ipv6/conf/all/forwarding net/ipv4/tcp_syncookies net/netfilter/nf_conntrack_tcp_loose \
        net/ipv4/conf/all/accept_redirects net/ipv4/conf/default/accept_redirects net/ipv6/conf/all/accept_redirects \
        net/ipv4/conf/all/secure_redirects net/ipv4/conf/all/send_redirects net/ipv4/conf/default/send_redirects \
        net/ipv4/conf/all/accept_source_route net/ipv4/conf/default/accept_source_route net/ipv6/conf/all/accept_source_route \
        net/ipv4/conf/all/rp_filter net/ipv4/conf/default/rp_filter net/ipv4/conf/all/log_martians \
        net/ipv4/icmp_echo_ignore_broadcasts net/ipv4/icmp_ignore_bogus_error_responses \
        net/ipv6/conf/all/accept_ra net/ipv6/conf/default/accept_ra net/ipv6/conf/all/disable_ipv6 \
        kernel/randomize_va_space kernel/kptr_restrict kernel/dmesg_restrict kernel/sysrq kernel/core_pattern kernel/core_uses_pid \
        kernel/yama/ptrace_scope kernel/unprivileged_bpf_disabled kernel/perf_event_paranoid kernel/modules_disabled \
        kernel/kexec_load_disabled kernel/unprivileged_userns_clone kernel/exec-shield \
        fs/suid_dumpable; do
        [ -e "/proc/sys/$name" ] || continue
        if value=$(cat "/proc/sys/$name" 2>/dev/null); then printf '%s = %s\n' "$name" "$value"; else printf '%s ?\n' "$name"; fi
    done
    # Of each interface: whether it passes packets on, and whether it takes only what it would send back the same way.
    for file in /proc/sys/net/ipv4/conf/*/rp_filter /proc/sys/net/ipv4/conf/*/forwarding; do
        [ -r "$file" ] && printf '%s = %s\n' "${file#/proc/sys/}" "$(cat "$file")"
    done
}
kernel_modules() {
    for name in usb_storage uas firewire_core thunderbolt cramfs freevxfs jffs2 hfs hfsplus squashfs udf dccp sctp rds tipc bluetooth; do
        if [ -d "/sys/module/$name" ]; then said='in the kernel'
        elif have modprobe; then said=$(modprobe -n -v --first-time "$name" 2>&1 | tail -n 1)
        elif [ -d "/lib/modules/$(uname -r)" ]; then said=$(find "/lib/modules/$(uname -r)" -name "$(echo "$name" | sed 's/_/[-_]/g').ko*" | sed 's/^/insmod /' | head -n 1); said=${said:-not found}
        else said='not found'; fi
        printf '%s: %s\n' "$name" "$said"
    done
}
section values kernel_values
section_file loaded /proc/modules
section modules kernel_modules
section_file modprobe /etc/modprobe.d/*.conf /usr/lib/modprobe.d/*.conf /lib/modprobe.d/*.conf /run/modprobe.d/*.conf
section builtin cat "/lib/modules/$(uname -r)/modules.builtin"
