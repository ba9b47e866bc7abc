# Prints the lines that contain a text: the path, NUL, the number of the line, a colon, and the line. Files with binary data are left out.
# "$1" is an absolute path, "$2" a pattern for the names of files, "$3" the text.
base=$1
name=$2
text=$3
set -- -L "$base" '(' -path /proc -o -path /sys -o -path /dev ')' -prune -o -type f -name "$name"
if echo x | grep -qFI --null -e x 2>/dev/null; then
  find "$@" -exec grep -HnFI --null -e "$text" {} + 2>/dev/null
else
  find "$@" -exec grep -lF -e "$text" {} + 2>/dev/null | while IFS= read -r path; do
    [ "$(head -c 32768 "$path" | tr -dc '\000' | wc -c)" -eq 0 ] || continue
    grep -nF -e "$text" "$path" | while IFS= read -r line; do printf '%s\0%s\n' "$path" "$line"; done
  done
fi
exit 0
