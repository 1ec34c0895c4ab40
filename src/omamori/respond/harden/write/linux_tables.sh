# --- Tables of nftables of our own ---

# add_table NUMBER FAMILY NAME: a table of nftables of our own, from standard input.
add_table() {
    begin_item "$1" table
    printf '%s %s\n' "$2" "$3" >"$ITEM/path"
    cat >"$ITEM/text"
    command -v nft >/dev/null 2>&1 || fail 'nft(nftables)がありません' 'there is no nft (nftables)'
    if nft list table "$2" "$3" >/dev/null 2>&1; then
        fail "表 $3 がもうあります。前の計画を先に元に戻してください" "there is a table $3 already: undo the earlier plan first"
    fi
    said=$(nft -c -f "$ITEM/text" 2>&1) || fail "nft が断りました: $said" "nft refused it: $said"
    nft -f "$ITEM/text" || fail '表を入れられません' 'the table cannot be loaded'
    nft -s list table "$2" "$3" >"$ITEM/after"
    : >"$ITEM/done"
}

# keep_table NUMBER NAME: so that the table is there after a restart. Not on trial: then a restart is the way back.
keep_table() {
    begin_file "$1a" "/etc/omamori-harden/$2.nft"
    edit_whole
    end_file ''
    kept=/etc/omamori-harden/$2.nft
    if [ -f /etc/nftables.conf ] && systemctl is-enabled --quiet nftables.service 2>/dev/null; then
        begin_file "$1b" /etc/nftables.conf
        printf '# omamori-harden %s\ninclude "%s"\n' "$PLAN" "$kept" | edit_tail
        check_file nft -c -f '{}'
        end_file ''
    elif command -v systemctl >/dev/null 2>&1; then
        unit=omamori-$(printf '%s' "$2" | tr _ -).service
        begin_file "$1b" "/etc/systemd/system/$unit"
        edit_whole <<UNIT
[Unit]
Description=Omamori: allow-list $2
After=nftables.service firewalld.service ufw.service iptables.service netfilter-persistent.service
Before=network-online.target
PartOf=nftables.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=$(command -v nft) -f $kept

[Install]
WantedBy=multi-user.target
UNIT
        end_file ''
        make_link "$1c" "/etc/systemd/system/multi-user.target.wants/$unit" "/etc/systemd/system/$unit"
        ! has_systemd || systemctl daemon-reload
    else
        say "再起動のあとは、起動時に nft -f $kept を実行する設定が要ります" "After a restart the table is gone unless nft -f $kept runs at start" >&2
    fi
}
