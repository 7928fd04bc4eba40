#!/bin/sh
# SPDX-License-Identifier: GPL-3.0-or-later
# Settings from the command line: set, taken out, of one source or tag, shown with where they come from, checked.
. "${srcdir:-.}/tests/lib.sh"
plan 51
CONF=$CONFIG/crier.conf
FEED=https://town.example/feed.xml
mode() { python3 -c 'import os, sys; print(oct(os.stat(sys.argv[1]).st_mode & 0o777))' "$1"; }
is() { ok "$1" test "$2" = "$3"; }

run "$crier" config fetch.interval=30
status_is "a setting is set where there is no file yet" 0
printf '[settings]\nfetch.interval=30\n' >"$T/expected"
same "which is made" "$T/expected" "$CONF"
is "for its owner alone" "$(mode "$CONF")" 0o600
run "$crier" config fetch.interval
has "it holds" "$out" "fetch.interval=30	# crier.conf:2"

# what else is in the file stays
printf '# mine\r\n[settings]\r\n# how often\r\nfetch.interval = 30\r\n\r\n# colours\r\nui.theme=dark\r\n\r\n[keys list]\r\nx=quit\r\n' >"$CONF"
chmod 640 "$CONF"
mkdir "$T/dotfiles"
mv "$CONF" "$T/dotfiles/conf"
ln -s "$T/dotfiles/conf" "$CONF"
run "$crier" config fetch.interval=45 read.measure=66
status_is "several are set at once" 0
printf '# mine\r\n[settings]\r\n# how often\r\nfetch.interval=45\r\n\r\n# colours\r\nui.theme=dark\r\nread.measure=66\r\n\r\n[keys list]\r\nx=quit\r\n' >"$T/expected"
same "comments, order and ends of lines stay" "$T/expected" "$T/dotfiles/conf"
is "and the mode" "$(mode "$T/dotfiles/conf")" 0o640
ok "and the link" test -L "$CONF"
run "$crier" config --unset=read.measure --unset ui.theme
status_is "settings are taken out" 0
printf '# mine\r\n[settings]\r\n# how often\r\nfetch.interval=45\r\n\r\n# colours\r\n\r\n[keys list]\r\nx=quit\r\n' >"$T/expected"
same "and nothing else" "$T/expected" "$T/dotfiles/conf"
run "$crier" config --unset=ui.theme
status_is "what is not there cannot be taken out" 1
has "which is said" "$err" "[settings] sets no 'ui.theme'"

# nothing is written that could not be read
for wrong in fetch.interval=never ui.theme=nosuch nonsense=1 'ui.browser=a
b'; do
    run "$crier" config "$wrong"
    status_is "'$(echo "$wrong" | head -n 1)' is refused" 1
done
run "$crier" config fetch.interval=5 fetch.depth
status_is "and what is no setting" 1
same "the file is as it was" "$T/expected" "$T/dotfiles/conf"
rm "$CONF"

# of a source, of a tag
printf '%s "city" "~Town"\nhttps://other.example/ "city" "list"\n' "$FEED" >"$CONFIG/urls"
run "$crier" config fetch.interval=15 --source=Town
status_is "of a source, by its title" 0
run "$crier" config fetch.interval=20 fetch.depth=5 --tag=city
status_is "of a tag" 0
printf '[source %s]\nfetch.interval=15\n\n[section city]\nfetch.interval=20\nfetch.depth=5\n' "$FEED" >"$T/expected"
same "each in a group" "$T/expected" "$CONF"
run "$crier" config --source="$FEED" fetch.interval
has "the source's own comes first" "$out" "fetch.interval=15	# crier.conf:2"
run "$crier" config --source="$FEED" fetch.depth
has "then the tag's" "$out" "fetch.depth=5	# crier.conf:6"
run "$crier" config --source="$FEED" fetch.pages
has "then what holds for all" "$out" "fetch.pages=auto	# default"
run "$crier" config --tag=city fetch.interval
has "a tag can be asked for" "$out" "fetch.interval=20	# crier.conf:5"
run "$crier" config fetch.interval
has "what holds for all is as it was" "$out" "fetch.interval=60	# default"
run "$crier" config --source=nowhere fetch.interval=1
status_is "an unknown source" 1
run "$crier" config --source=Town ui.theme=dark
status_is "what cannot be of a source" 1
same "is not written" "$T/expected" "$CONF"
run "$crier" config --source=Town --unset=fetch.interval
run "$crier" config --source=Town fetch.interval
has "it is taken out of the source's group" "$out" "fetch.interval=20"

# two at once lose nothing
rm "$CONF"
i=10
pids=
for key in fetch.interval fetch.depth fetch.page-limit fetch.connections fetch.timeout fetch.deadline fetch.stall fetch.max-size; do
    "$crier" config "$key=$i" &
    pids="$pids $!"
    i=$((i + 1))
done
for pid in $pids; do wait "$pid"; done
is "eight at once are eight" "$(grep -c = "$CONF")" 8

# checking
run "$crier" config --check
status_is "all is well" 0
printf '[settings]\nui.theme=nosuch\n' >"$CONF"
printf '%s\nexec:rm\n"query:Bad:is:nope"\n' "$FEED" >"$CONFIG/urls"
run "$crier" config --check
status_is "a check that finds something" 2
has "an unknown theme" "$err" "there is no 'nosuch'"
has "a line of urls" "$err" "'exec:rm' would run a command"
has "a bad query" "$err" "urls:3:"
printf '[source http://typo.example/]\nfetch.depth=1\n[section nosuchtag]\nfetch.depth=1\n' >"$CONF"
run "$crier" config --check
has "a group that is of no source" "$err" "[source http://typo.example/] is of nothing"
has "or of no tag" "$err" "[section nosuchtag] is of nothing"
printf '[settings]\nfetch.interval=never\n' >"$CONF"
run "$crier" config --check
status_is "a value that is none" 2
run "$crier" config fetch.interval=30
status_is "can be mended" 0
run "$crier" config --check fetch.interval
status_is "a check is of everything" 1
run "$crier" config --check --source=Town
status_is "not of one source" 1

# of the network, by source
need python3
python3 - "$T" <<'END' &
import http.server, os, sys, threading
T = sys.argv[1]
stop = threading.Event()
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        with open(T + "/agents", "a") as log:
            log.write(self.path + " " + self.headers.get("User-Agent", "") + "\n")
        if self.path == "/slow":
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b"<rss>")
            self.wfile.flush()
            stop.wait(30)
            return
        body = b'<rss version="2.0"><channel><title>T</title><item><title>One</title></item></channel></rss>'
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)
    def log_message(self, *_):
        pass
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
with open(T + "/port.new", "w") as file:
    file.write(str(server.server_port))
os.rename(T + "/port.new", T + "/port")
server.serve_forever()
END
portal_pid=$!
while [ ! -s "$T/port" ]; do sleep 0.05; done
BASE=http://127.0.0.1:$(cat "$T/port")
rm -f "$CONF"
printf '%s/a\n%s/b\n%s/slow\nhttp://localhost:%s/c\n' "$BASE" "$BASE" "$BASE" "$(cat "$T/port")" >"$CONFIG/urls"
"$crier" config fetch.user-agent=Reader/1 --source="$BASE/b"
"$crier" config fetch.timeout=1 --source="$BASE/slow"
"$crier" config fetch.ip=6 "--source=http://localhost:$(cat "$T/port")/c"
run timeout 60 "$crier" fetch
has "a source may have a User-Agent of its own" "$T/agents" "/b Reader/1"
has "which the others have not" "$T/agents" "/a crier"
has "and a time of its own" "$err" "no whole answer within 1 s"
is "and a version of the protocol" "$(grep -c "^/c " "$T/agents")" 0
"$crier" config fetch.ip=4 "--source=http://localhost:$(cat "$T/port")/c"
run timeout 60 "$crier" fetch 4
status_is "of which the other works" 0

# a proxy is asked for addresses of other hosts
"$crier" config fetch.proxy="http://me:s3cret@127.0.0.1:$(cat "$T/port")" --source="$BASE/b"
"$crier" config fetch.proxy=none "--source=$BASE/a"
http_proxy=http://127.0.0.1:1 run timeout 60 "$crier" fetch 1 2
status_is "a source may have a proxy of its own, or none" 0
has "the proxy is asked for the whole address" "$T/agents" "$BASE/b Reader/1"
run "$crier" config --source="$BASE/b" fetch.proxy
has_not "its password is not shown" "$out" s3cret
run "$crier" config fetch.proxy=proxy.example
status_is "a proxy that is none is refused" 1
finish
