# Omamori's block on this device: puts a cut on, keeps its clock here, takes it off. POSIX sh as root; needs nft and flock.
#
#   sh block.sh status all                what is cut, since when, until when
#   sh block.sh undo ID|all               take it off (the one step back; also at the console, from the folder this file lies in)
#   sh block.sh confirm ID|all            let it stay: its clock is stopped
#   sh block.sh check ID TOKEN            would what lies in order.TOKEN load? Nothing is changed
#   sh block.sh apply ID TOKEN SECONDS    put it on; undone after SECONDS unless confirmed
#   sh block.sh ready ID TOKEN            have everything waiting, and put it on when a line with SECONDS comes; an end without one ends it
#   sh block.sh timer ID TOKEN            the clock itself; waits in the order's fifo for SECONDS
#
# Answers in lines of the form name=value; the last one is end=0, or error=WORD with detail=TEXT before it.
# Between the word and the block no program is started: on a busy device that alone takes its time. nft and the clock wait for their input.
umask 077
trap '' PIPE HUP
LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin
export LC_ALL PATH
me=${me:-$0}
# Its state lies beside it, unless who calls it says otherwise (on a full disk it runs from elsewhere).
dir=${omamori_dir:-${me%/*}}
[ "$dir" = "$me" ] && dir=.
what=$1 id=$2 token=$3 secs=$4

say() { printf '%s=%s\n' "$1" "$2"; }
fail() {
  say detail "$(printf %s "$2" | tr '\n\t=' '   ' | cut -c1-300)"
  say error "$1"
  say end 1
  exit 0
}
boot() { read -r s_now_boot </proc/sys/kernel/random/boot_id 2>/dev/null || s_now_boot=none; }
up() { read -r u _ </proc/uptime; u=${u%%.*}; }
# What is remembered of a cut, into s_…; the files hold only what this script and its orders wrote.
load() {
  s_family='' s_table='' s_token='' s_state='' s_boot='' s_since=0
  [ -f "$dir/cut.$1" ] || return 1
  while IFS='=' read -r k v; do
    case $k in family) s_family=$v ;; table) s_table=$v ;; token) s_token=$v ;; state) s_state=$v ;; boot) s_boot=$v ;; since) s_since=$v ;; esac
  done <"$dir/cut.$1"
}
shown() { while IFS= read -r line; do printf '  %s\n' "$line"; done <"$1"; }
log() {
  boot
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$(date +%s)" "$1" "$2" "$3" "$4" "$s_now_boot" >>"$dir/log"
}
listed() { nft -s list ruleset 2>/dev/null | cksum; }
present() { nft list table "$s_family" "$s_table" >/dev/null 2>&1; }
ids() { for f in "$dir"/cut.*; do [ -f "$f" ] && echo "${f##*/cut.}"; done; }
none_left() { for f in "$dir"/cut.*; do [ -f "$f" ] && return 1; done; return 0; }
ticking() {
  read -r p 2>/dev/null <"$dir/order.$2/pid" || return 1
  case $(tr '\0' ' ' 2>/dev/null <"/proc/$p/cmdline") in *" timer $1 $2 "*) return 0 ;; esac
  return 1
}
locked() {
  exec 9>>"$dir/lock"
  n=0
  until flock -n 9; do
    command -v flock >/dev/null || fail lacks flock
    n=$((n + 1))
    [ "$n" -gt 100 ] && fail busy 'another step runs on this device'
    sleep 0.05 2>/dev/null || { sleep 1; n=$((n + 19)); }
  done
}
stop_clock() {
  if ticking "$1" "$2"; then kill "$p" 2>/dev/null; fi
}
start_clock() {
  mkfifo "$o/clock" || fail folder "$o"
  # Out of the session it was ordered from, so that nothing of it ends with that session.
  if ! { [ -d /run/systemd/system ] && systemd-run --quiet --collect --unit="omamori-block-$token" --setenv="omamori_dir=$dir" sh "$me" timer "$id" "$token" 2>/dev/null; }; then
    omamori_dir=$dir setsid sh "$me" timer "$id" "$token" </dev/null >/dev/null 2>&1 &
  fi
  n=0
  until ticking "$id" "$token"; do
    n=$((n + 1))
    [ "$n" -gt 400 ] && { rm -rf "$o"; fail clock 'the timer did not start; nothing was cut'; }
    sleep 0.01 2>/dev/null || { sleep 1; n=$((n + 99)); }
  done
}
# Everything up to the word: what may not be is refused, nft and the clock wait.
prepare() {
  o=$dir/order.$token
  for tool in nft flock setsid mkfifo; do command -v $tool >/dev/null || fail lacks $tool; done
  [ -f "$o/apply" ] || fail nothing 'no text came'
  locked
  forget_gone
  clean_orders
  if load "$id"; then
    # A firewall that was loaded anew took the table away: that is no cut. Who is just putting it on has not got that far yet.
    if present || [ $(($(date +%s) - s_since)) -lt 10 ]; then rm -rf "$o"; tell; fail on "$s_state"; fi
    log gone "$id" "$s_token" vanished
    stop_clock "$id" "$s_token"
    rm -rf "$dir/cut.$id" "$dir/order.$s_token"
  fi
  s_family=$(sed -n 's/^family=//p' "$o/about") s_table=$(sed -n 's/^table=//p' "$o/about")
  if present; then rm -rf "$o"; fail taken 'a table of this name is there already'; fi
  err=$(nft -c -f "$o/apply" 2>&1) || { rm -rf "$o"; fail syntax "$err"; }
  none_left && listed >"$dir/base"
  exec 9>&-
}
wait_for_word() {
  mkdir -p "$dir/past"
  cp "$o/about" "$dir/past/$token"
  about=$(cat "$o/about") text=$(cat "$o/apply")
  boot
  up
  u_then=$u now_then=$(date +%s)
  start_clock
  mkfifo "$o/gate" || fail folder "$o"
  nft -f - <"$o/gate" >"$o/nft" 2>&1 &
  nft=$!
  # Opened last, so that neither of the two holds the other's way in.
  exec 7>"$o/gate" 8>"$o/clock"
}
put_on() {
  up
  now=$((now_then + u - u_then))
  set -C
  printf '%s\ntoken=%s\nboot=%s\nsince=%s\nuntil=%s\nstate=waiting\n' "$about" "$token" "$s_now_boot" "$now" "$((now + secs))" 2>/dev/null >"$dir/cut.$id" || secs=
  set +C
  if [ -z "$secs" ]; then
    exec 7>&- 8>&-
    sleep 0.2 2>/dev/null || sleep 1
    [ -s "$dir/cut.$id" ] || { rm -rf "$dir/cut.$id" "$o"; fail room "$dir"; }
    tell
    rm -rf "$o"
    fail on 'another order came first'
  fi
  echo "$secs" >&8
  printf '%s\n' "$text" >&7
  exec 7>&-
  wait "$nft"
  code=$?
  exec 8>&-
  if [ "$code" != 0 ]; then
    stop_clock "$id" "$token"
    rm -f "$dir/cut.$id"
    log apply "$id" "$token" failed
    err=$(cat "$o/nft")
    rm -rf "$o"
    fail syntax "$err"
  fi
  if ! load "$id" || [ "$s_token" != "$token" ]; then
    nft "delete table $(sed -n 's/^family=//p' "$dir/past/$token") $(sed -n 's/^table=//p' "$dir/past/$token")" 2>/dev/null
    fail undone 'it was undone while it was put on'
  fi
  log apply "$id" "$token" done
  if ! ticking "$id" "$token"; then
    off "$id" undo
    fail clock 'the timer did not run; it was undone'
  fi
  tell
}
clean_orders() {
  for old in $(find "$dir" -maxdepth 1 -name 'order.*' -mmin +60 2>/dev/null); do
    grep -qs "^token=${old##*/order.}\$" "$dir"/cut.* || rm -rf "$old"
  done
}
# Take a cut off; the lock is held and it is loaded. Nothing of it is forgotten before the kernel took it away.
off() {
  was=present
  nft "delete table $s_family $s_table" 2>/dev/null || { present && was=failed || was=gone; }
  # What it was is not known any more (a full disk): only where no table of ours stands it is gone.
  [ -n "$s_table" ] || { nft list tables 2>/dev/null | grep -q ' omamori_block_' && was=failed; }
  log "$2" "$1" "$s_token" "$was"
  if [ "$was" = failed ]; then
    say failed "$1"
    return 1
  fi
  [ "$2" = timer ] || stop_clock "$1" "$s_token"
  rm -f "$dir/cut.$1"
  # An order that was just putting it on does not see that any more, or did before: then its table stands now.
  [ "$was" = present ] || nft "delete table $s_family $s_table" 2>/dev/null
  rm -rf "$dir/order.$s_token"
  say off "$1"
  say was "$was"
  none_left || return 0
  if [ "$(cat "$dir/base" 2>/dev/null)" = "$(listed)" ]; then say as_before yes; else say as_before no; fi
}
# Drop what is remembered of cuts that a restart of the device took away.
forget_gone() {
  none_left && return
  boot
  for one in $(ids); do
    load "$one"
    if [ "$s_boot" != "$s_now_boot" ] && ! present; then
      log gone "$one" "$s_token" restarted
      rm -rf "$dir/cut.$one" "$dir/order.$s_token"
    fi
  done
}
tell() {
  boot
  for one in $(ids); do
    load "$one"
    say block "$one"
    shown "$dir/cut.$one"
    if present; then say '  present' yes; else say '  present' no; fi
    if ticking "$one" "$s_token"; then say '  ticking' yes; else say '  ticking' no; fi
    [ "$s_boot" = "$s_now_boot" ] || say '  restarted' yes
  done
}

case $what in
status)
  say now "$(date +%s)"
  tell
  for f in $(ls -t "$dir/past" 2>/dev/null | head -n 100); do
    say past "$f"
    shown "$dir/past/$f"
  done
  tail -n 200 "$dir/log" 2>/dev/null | sed 's/^/log=/'
  ;;
check | ready)
  prepare
  say nft "$(nft --version 2>/dev/null | head -n 1)"
  say client "${SSH_CONNECTION:-}"
  from=${SSH_CONNECTION%% *}
  [ -z "$from" ] || say via "$(ip -o route get "$from" 2>/dev/null | sed -n 's/.* dev \([^ ]*\).*/\1/p')"
  # Flows a flowtable carries pass no chain until they end (nft(8), FLOWTABLES).
  nft list flowtables 2>/dev/null | grep -q flowtable && say flowtable yes
  if [ "$what" = check ]; then
    rm -rf "$o"
    tell
  else
    wait_for_word
    say ready 1
    read -r secs
    case $secs in '' | *[!0-9]*) exec 7>&- 8>&-; rm -rf "$o" "$dir/past/$token"; exit 0 ;; esac
    put_on
  fi
  ;;
apply)
  prepare
  wait_for_word
  put_on
  ;;
confirm | undo)
  locked
  wanted=$id
  [ "$id" = all ] && wanted=$(ids)
  for one in $wanted; do
    if ! load "$one"; then
      say none "$one"
      continue
    fi
    say block "$one"
    shown "$dir/cut.$one"
    if [ "$what" = undo ]; then
      off "$one" undo
    elif ! present; then
      say lost "$one"
    else
      while IFS= read -r line; do
        case $line in state=* | until=*) ;; *) printf '%s\n' "$line" ;; esac
      done <"$dir/cut.$one" >"$dir/new"
      echo state=confirmed >>"$dir/new"
      # Half a state would be a cut nobody can take off any more.
      for k in "family=$s_family" "table=$s_table" "token=$s_token" state=confirmed; do
        grep -qsx "$k" "$dir/new" || { rm -f "$dir/new"; fail room "$dir"; }
      done
      mv "$dir/new" "$dir/cut.$one"
      stop_clock "$one" "$s_token"
      log confirm "$one" "$s_token" done
      say kept "$one"
    fi
  done
  ;;
timer)
  echo $$ >"$dir/order.$token/pid"
  read -r secs <"$dir/order.$token/clock"
  if [ -z "$secs" ]; then
    # Whoever ordered is gone; did he order it?
    load "$id" && [ "$s_token" = "$token" ] || exit 0
    secs=$(($(sed -n 's/^until=//p' "$dir/cut.$id") - $(date +%s)))
  fi
  nap=
  trap '[ -n "$nap" ] && kill "$nap" 2>/dev/null; exit 0' TERM
  up
  end=$((u + secs))
  while up && left=$((end - u)) && [ "$left" -gt 0 ]; do
    sleep "$left" &
    nap=$!
    wait "$nap"
  done
  # Whoever holds the lock may take long; the clock does not give up.
  exec 9>>"$dir/lock"
  until flock -n 9; do sleep 1; done
  n=0
  while load "$id" && [ "$s_token" = "$token" ] && [ "$s_state" = waiting ] && ! off "$id" timer >/dev/null; do
    n=$((n + 1))
    [ "$n" -gt 20 ] && exit 1
    sleep 1
  done
  exit 0
  ;;
*) fail usage "$what" ;;
esac
say end 0
