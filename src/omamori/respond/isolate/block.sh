# Omamori's block on this device: puts a cut on, keeps its clock here, takes it off. POSIX sh as root; needs nft and flock.
#
#   sh block.sh status all                what is cut, since when, until when
#   sh block.sh undo ID|all               take it off (the one step back; also at the console, from the folder this file lies in)
#   sh block.sh confirm ID|all            let it stay: its clock is stopped
#   sh block.sh check ID TOKEN            would what lies in in.TOKEN load? It is kept ready there; nothing is changed
#   sh block.sh apply ID TOKEN SECONDS    put on what lies ready; undone after SECONDS unless confirmed
#   sh block.sh timer ID TOKEN SECONDS    the clock itself
#
# Answers in lines of the form name=value; the last one is end=0, or error=WORD with detail=TEXT before it.
# What stands between an order and the block starts as few programs as possible: on a busy device each of them takes its time.
umask 077
trap '' PIPE HUP
LC_ALL=C
PATH=$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin
export LC_ALL PATH
me=${me:-$0}
dir=${me%/*}
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
  s_family='' s_table='' s_token='' s_state='' s_boot=''
  [ -f "$dir/cut.$1/state" ] || return 1
  while IFS='=' read -r k v; do
    case $k in family) s_family=$v ;; table) s_table=$v ;; token) s_token=$v ;; state) s_state=$v ;; boot) s_boot=$v ;; esac
  done <"$dir/cut.$1/state"
}
shown() { while IFS= read -r line; do printf '  %s\n' "$line"; done <"$1"; }
log() {
  boot
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$(date +%s)" "$1" "$2" "$3" "$4" "$s_now_boot" >>"$dir/log"
}
listed() { nft -s list ruleset 2>/dev/null | cksum; }
present() { nft list table "$s_family" "$s_table" >/dev/null 2>&1; }
ids() { for f in "$dir"/cut.*; do [ -f "$f/state" ] && echo "${f##*/cut.}"; done; }
none_left() { for f in "$dir"/cut.*; do [ -f "$f/state" ] && return 1; done; return 0; }
ticking() {
  read -r p 2>/dev/null <"$dir/cut.$1/pid" || return 1
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
  rm -f "$dir/cut.$1/pid"
}
start_clock() {
  # Out of the session it was ordered from, so that nothing of it ends with that session.
  if [ -d /run/systemd/system ] && systemd-run --quiet --collect --unit="omamori-block-$2" sh "$me" timer "$1" "$2" "$3" 9>&- 2>/dev/null; then
    clock=systemd
  else
    clock=session
    (
      exec 9>&- </dev/null >/dev/null 2>&1
      exec setsid sh "$me" timer "$1" "$2" "$3"
    ) &
  fi
}
# Take a cut off; the lock is held and it is loaded. Nothing of it is forgotten before the kernel took it away.
off() {
  was=present
  err=$(nft "delete table $s_family $s_table" 2>&1) || { present && was=failed || was=gone; }
  log "$2" "$1" "$s_token" "$was"
  if [ "$was" = failed ]; then
    say failed "$1"
    return 1
  fi
  [ "$2" = timer ] || stop_clock "$1" "$s_token"
  say off "$1"
  say was "$was"
  rm -rf "$dir/cut.$1"
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
      rm -rf "$dir/cut.$one"
    fi
  done
}
tell() {
  boot
  for one in $(ids); do
    load "$one"
    say block "$one"
    shown "$dir/cut.$one/state"
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
check)
  in=$dir/in.$token
  for tool in nft flock setsid; do command -v $tool >/dev/null || fail lacks $tool; done
  err=$(nft -c -f "$in/apply" 2>&1) || { rm -rf "$in"; fail syntax "$err"; }
  find "$dir" -maxdepth 1 -name 'in.*' -mmin +60 -exec rm -rf {} + 2>/dev/null
  if ! load "$id"; then
    while IFS='=' read -r k v; do case $k in family) s_family=$v ;; table) s_table=$v ;; esac; done <"$in/state"
    if present; then rm -rf "$in"; fail taken 'a table of this name is there already'; fi
  fi
  none_left && listed >"$dir/base"
  mkdir -p "$dir/past"
  cp "$in/state" "$dir/past/$token"
  say nft "$(nft --version 2>/dev/null | head -n 1)"
  say client "${SSH_CONNECTION:-}"
  from=${SSH_CONNECTION%% *}
  [ -z "$from" ] || say via "$(ip -o route get "$from" 2>/dev/null | sed -n 's/.* dev \([^ ]*\).*/\1/p')"
  # Flows a flowtable carries pass no chain until they end (nft(8), FLOWTABLES).
  nft list flowtables 2>/dev/null | grep -q flowtable && say flowtable yes
  tell
  ;;
apply)
  locked
  forget_gone
  if load "$id"; then
    # The same order once more, after a connection that broke, is no second block.
    [ "$s_token" = "$token" ] || { rm -rf "$dir/in.$token"; tell; fail on "$s_state"; }
  else
    [ -f "$dir/in.$token/apply" ] || fail nothing 'not prepared'
    boot
    now=$(date +%s)
    printf 'token=%s\nboot=%s\nsince=%s\nuntil=%s\nstate=waiting\n' "$token" "$s_now_boot" "$now" "$((now + secs))" >>"$dir/in.$token/state"
    [ -d "$dir/cut.$id" ] && rm -rf "$dir/cut.$id"
    mv "$dir/in.$token" "$dir/cut.$id" || fail folder "$dir"
    start_clock "$id" "$token" "$secs"
    if ! err=$(nft -f "$dir/cut.$id/apply" 2>&1); then
      load "$id"
      stop_clock "$id" "$token"
      rm -rf "$dir/cut.$id"
      log apply "$id" "$token" failed
      fail syntax "$err"
    fi
    n=0
    until ticking "$id" "$token"; do
      n=$((n + 1))
      if [ "$n" -gt 400 ]; then
        load "$id"
        off "$id" undo
        fail clock 'the timer did not start'
      fi
      sleep 0.01 2>/dev/null || { sleep 1; n=$((n + 99)); }
    done
    log apply "$id" "$token" done
  fi
  say clock "${clock:-}"
  tell
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
    shown "$dir/cut.$one/state"
    if [ "$what" = undo ]; then
      off "$one" undo
    elif ! present; then
      say lost "$one"
    else
      while IFS= read -r line; do
        case $line in state=* | until=*) ;; *) printf '%s\n' "$line" ;; esac
      done <"$dir/cut.$one/state" >"$dir/cut.$one/new"
      echo state=confirmed >>"$dir/cut.$one/new"
      mv "$dir/cut.$one/new" "$dir/cut.$one/state"
      stop_clock "$one" "$s_token"
      log confirm "$one" "$s_token" done
      say kept "$one"
    fi
  done
  ;;
timer)
  echo $$ >"$dir/cut.$id/pid"
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
