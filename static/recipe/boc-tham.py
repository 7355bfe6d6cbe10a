# Bốc thăm lại: python3 boc-tham.py danh-sach.txt 042317
import hashlib
import sys


def dau(chu):
    return hashlib.sha256(chu).hexdigest()


danh_sach = open(sys.argv[1], "rb").read()
so = sys.argv[2]
dau_danh_sach = dau(danh_sach)
cac_ma = [dong.split()[0] for dong in danh_sach.decode().splitlines()]
print("Dấu danh sách:", dau_danh_sach)
for thu_tu, ma in enumerate(sorted(cac_ma, key=lambda ma: dau(f"{dau_danh_sach}|{so}|{ma}".encode())), start=1):
    print(thu_tu, ma)
