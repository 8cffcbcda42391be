#!/usr/bin/env bash
# Paints a photograph in the style of an artwork, through the HTTP API of a running studio. Needs curl alone.
#
#   ./paint.sh ADDRESS PHOTOGRAPH ARTWORK RESULT [OPTIONS]
#   ./paint.sh http://127.0.0.1:7317 photo.jpg artwork.jpg painting.png '{"size": 384}'
#
# A studio that listens to other machines wants its token: ATELIER_TOKEN=... ./paint.sh ...
set -euo pipefail
if [ $# -lt 4 ]; then
    sed -n '4,5s/^# *//p' "$0" >&2
    exit 2
fi

studio=${1%/} photograph=$2 artwork=$3 result=$4 options=${5:-}
[ -n "$options" ] || options='{}'
headers=()
[ -z "${ATELIER_TOKEN:-}" ] || headers=(--header "Authorization: Bearer $ATELIER_TOKEN")

ask() {
    curl --silent --show-error --fail-with-body ${headers[@]+"${headers[@]}"} "$@"
}

# Post the job. Its address is in the header Location.
answer=$(ask --include --form "photograph=@$photograph" --form "artwork=@$artwork" \
    --form-string "options=$options" "$studio/api/jobs") || { echo "$answer" >&2; exit 1; }
job=$(sed -n 's/^[Ll]ocation: *\([^[:space:]]*\).*/\1/p' <<< "$answer")
echo "job $studio$job"

# Follow it. The stream ends with the job.
end=
while IFS= read -r line; do
    case $line in
        'event: '*) end=${line#event: }; end=${end%$'\r'} ;;
        'data: '*) sed -n 's/.*"fraction":\([0-9.]*\).*/\1 done/p' <<< "$line" ;;
    esac
done < <(ask --no-buffer "$studio$job/events")

if [ "$end" != done ]; then
    echo "the job ended: ${end:-connection lost}" >&2
    exit 1
fi

# Fetch the result.
ask --output "$result" "$studio$job/result"
echo "$result"
