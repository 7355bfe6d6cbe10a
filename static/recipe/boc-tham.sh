# Bốc thăm lại: sh boc-tham.sh danh-sach.txt 042317
LC_ALL=C
export LC_ALL
dau=$(sha256sum < "$1" | cut -d ' ' -f 1)
echo "Dấu danh sách: $dau"
cut -d ' ' -f 1 "$1" | while read -r ma; do
  echo "$(printf '%s' "$dau|$2|$ma" | sha256sum | cut -d ' ' -f 1) $ma"
done | sort | cut -d ' ' -f 2 | awk '{ print NR, $0 }'
