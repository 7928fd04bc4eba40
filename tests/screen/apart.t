#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# A command that runs beside the reader is in nobody's way, and what ends another one does not end it.
. "${srcdir:-.}/tests/lib.sh"
plan 13
need python3
mkdir "$T/site"
cat >"$T/site/feed.xml" <<'END'
<rss version="2.0"><channel><title>Lindow News</title>
<item><title>Bridge</title><link>@BASE@/bridge</link><pubDate>Fri, 24 Oct 2025 09:00:00 GMT</pubDate>
<description>&lt;p&gt;The bridge reopens.&lt;/p&gt;</description></item>
</channel></rss>
END
serve "$T/site"
"$crier" add "$BASE/feed.xml" >/dev/null
"$crier" fetch --progress=none
cat >"$CONFIG/crier.conf" <<END
[command slow]
exec=sh -c 'echo \$\$ >$T/pid; exec sleep 60'
[command killed]
exec=sh -c 'kill -TERM \$\$'
END
# ended: ends what still runs beside, as soon as it does
ended() {
    until [ -s "$T/pid" ]; do sleep 0.02; done
    kill "$(cat "$T/pid")" 2>/dev/null
    rm "$T/pid"
}
# the same as a step: $lives/FILE makes that file if it ran
lives="until [ -s $T/pid ]; do sleep 0.02; done; kill \$(cat $T/pid) && rm $T/pid && touch $T"

# --- each line is answered at once
begun=$(date +%s)
printf '1\n1\nrun slow\nj\nj\nj\nj\nj\nj\nj\nj\nj\nj\nQ\n' | "$crier" --plain >"$out" 2>&1
took=$(($(date +%s) - begun))
has "a command that takes long has started" "$out" "slow: started"
ok "it outlives the reader" sh -c 'until [ -s "$1" ]; do sleep 0.02; done; kill -0 "$(cat "$1")"' sh "$T/pid"
ok "no line waits for it" test "$took" -lt 7
ended

# --- ^C in a command that is typed
interrupt=$(printf '\003')
run python3 "$srcdir/tests/kit/terminal.py" "see:> " "type:1
" "see:Bridge" "type:1
" "see:reopens" "type:run slow
" "see:slow: started" "type:||
" "see:a shell runs it" "type:echo it ru''ns; exec sleep 50
" "see:it runs" "type:$interrupt" "see:signal 2" "type:j
" "see:> " "run:$lives/lives" "type:Q
" -- "$crier" --plain
status_is "^C ends the command that is typed" 0
has "which is said" "$out" "the command was ended by signal 2"
ok "not one that runs beside" test -e "$T/lives"
ok "of which nothing is said" sh -c '! grep -q "did not say why" "$1"' sh "$out"
printf '1\n1\nrun killed\nQ\n' | "$crier" --plain >"$out" 2>&1
has "one that a signal ended says which" "$out" "killed was ended by signal 15"

run python3 "$srcdir/tests/kit/terminal.py" "see:> " "type:1
" "see:Bridge" "type:1
" "see:reopens" "type:run slow
" "see:slow: started" "type:$interrupt" "see:Q quits, and so does ^C once more" "see:> " "type:j
" "see:> " "run:$lives/on" "type:run slow
" "see:slow: started" "type:$interrupt" "see:once more" "see:> " "type:$interrupt" -- "$crier" --plain
status_is "^C while it is waited for how one that runs beside begins ends crier the second time" 130
ok "the first time nothing" test -e "$T/on"
ended
run python3 "$srcdir/tests/kit/terminal.py" "see:> " "type:1
" "see:Bridge" "type:1
" "see:reopens" "type:||
" "see:a shell runs it" "type:trap '' INT; echo it ru''ns; head -n 1 /dev/tty
" "see:it runs" "type:$interrupt" "type:heard
" "see:done" "see:> " "type:Q
" -- "$crier" --plain
status_is "a program on the terminal that ignores ^C goes on, and so does crier" 0

# --- nor does it end a fetch, on the screen
cat >"$T/late.py" <<'END'
import http.server, os, sys, time
class Late(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        open(sys.argv[2], "w").close()
        while not os.path.exists(sys.argv[3]):
            time.sleep(0.01)
        body = b'<rss version="2.0"><channel><title>Late</title><item><title>Late news</title><link>http://a.example/1</link></item></channel></rss>'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Late)
with open(sys.argv[1] + ".new", "w") as file:
    file.write(str(server.server_port))
os.rename(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()
END
python3 "$T/late.py" "$T/late" "$T/asked" "$T/go" &
late=$!
trap 'kill $late; cleanup' EXIT
while [ ! -s "$T/late" ]; do sleep 0.02; done
"$crier" add --no-discover "http://127.0.0.1:$(cat "$T/late")/late.xml" >/dev/null
run python3 "$srcdir/tests/kit/terminal.py" "see:unread" "type:
" "see:Bridge" "type:
" "see:reopens" "type:R" "run:while [ ! -e $T/asked ]; do sleep 0.02; done" "type:||" "see:a shell runs it" "type:echo it ru''ns; exec sleep 50
" "see:it runs" "type:$interrupt" "see:Enter" "run:touch $T/go" "type:
" "see:1 new article" "type:Q" -- "$crier" --set=fetch.auto=no
status_is "^C in a command does not end a fetch" 0
has "whose articles come" "$out" "1 new article"
finish
