# Reading the header. An item is one line `=text`, preceded by a line `+text` for each newline in it, or a line `#count`
# followed by that many bytes. `read -r` takes single bytes from a pipe, so that nothing behind an item is consumed;
# `head -c` of busybox is buffered and would consume more.

# Where the launcher's shell is hidden, there is also a dd that other processes cannot read: it gets the launcher's descriptors. Programs of
# the image never do.
sp_dd='dd'
sp_item() {
  sp_value=
  while IFS= read -r sp_line; do
    case $sp_line in
    =*) sp_value=$sp_value${sp_line#=}; return 0 ;;
    +*) sp_value=$sp_value${sp_line#+}$sp_newline ;;
    '#'*)
      # The dot keeps the newlines at the end, which a command substitution would remove.
      sp_value=$("$sp_dd" bs="${sp_line#?}" count=1 iflag=fullblock; echo .)
      sp_value=${sp_value%.}
      return 0 ;;
    *) break ;;
    esac
  done
  exit 0
}
# Copies frames, each a line with its size and then its bytes, to descriptor 5, until a frame of size 0.
sp_frames() {
  sp_error=
  while IFS= read -r sp_size; do
    case $sp_size in
    0) return 0 ;;
    stop) return 1 ;;
    '' | *[!0-9]*) return 1 ;;
    esac
    sp_error=$("$sp_dd" bs="$sp_size" count=1 iflag=fullblock 2>&1 >&5) || return 1
  done
  # shellcheck disable=SC2034 # Not every program that reads items looks at it.
  sp_error=
  return 1
}
