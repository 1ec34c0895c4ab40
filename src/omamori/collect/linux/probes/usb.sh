# USB storage that is or was connected. Personal data may be involved: see the notice for staff.
# Reads: /sys/bus/usb, the kernel's messages in the journal or the log files. Needs root (or the group adm).

usb_words='usb [0-9.-]*: (New USB device found|Product:|Manufacturer:|SerialNumber:)|usb-storage [0-9]|: uas$|scsi host[0-9]*: (uas|usb-storage)'
usb_bus() {
    [ -d /sys/bus/usb/devices ] || { echo 'no usb'; return 0; }
    for device in /sys/bus/usb/devices/*:*; do
        [ -r "$device/bInterfaceClass" ] || continue
        read -r class <"$device/bInterfaceClass"
        [ "$class" = 08 ] || continue
        parent=${device%:*}
        parent=/sys/bus/usb/devices/${parent##*/}
        for name in manufacturer product serial; do
            [ -r "$parent/$name" ] && printf '%s %s %s\n' "${parent##*/}" "$name" "$(head -n 1 "$parent/$name")"
        done
        printf '%s storage now\n' "${parent##*/}"
    done
    echo searched
}
usb_journal() {
    have journalctl || return 127
    limit journalctl -q --no-pager -o short-iso _TRANSPORT=kernel --since -400days | grep -E "$usb_words" | tail -n 5000
    echo searched
}
usb_logs() {
    found=1
    for file in /var/log/kern.log* /var/log/messages* /var/log/syslog*; do
        [ -f "$file" ] || continue
        if [ ! -r "$file" ]; then echo "==> $file !unreadable"; continue; fi
        found=0
        year=$(date -r "$file" +%Y 2>/dev/null)
        printf '==> %s %s\n' "$file" "$year"
        case $file in
        *.gz) limit gzip -dc "$file" 2>/dev/null | grep -E "$usb_words" | tail -n 2000 ;;
        *.xz) limit xz -dc "$file" 2>/dev/null | grep -E "$usb_words" | tail -n 2000 ;;
        *) limit grep -a -E "$usb_words" "$file" | tail -n 2000 ;;
        esac
    done
    return $found
}
section bus usb_bus
section journal usb_journal
section logs usb_logs
