# Bốc thăm lại: python3 boc-tham.py danh-sach.txt 042317
import sys
from hashlib import sha256

danh_sach, so = open(sys.argv[1], "rb").read(), sys.argv[2]
dau = sha256(danh_sach).hexdigest()
print("Dấu danh sách:", dau)

cac_ma = []
for dong in danh_sach.decode().splitlines():
    ma = dong.split()[0]
    cac_ma.append((sha256(f"{dau}|{so}|{ma}".encode()).hexdigest(), ma))
for thu_tu, (_, ma) in enumerate(sorted(cac_ma), start=1):
    print(thu_tu, ma)
