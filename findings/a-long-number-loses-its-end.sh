#!/usr/bin/env bash
# openpyxl 3.1.5 writes every number with 16 significant digits. A whole number of 18 digits (an Indonesian civil servant's) is
# rounded in the file itself, without a word: two people whose numbers differ at the end get the same one, and what is read
# back is a float. A float that needs 17 digits comes back as another float: 0.1 + 0.2 as 0.3. So the file holds less than the
# number format of XLSX can: a double of IEEE 754 is told apart by 17 digits. Only text keeps the number.
# Expected: 17 digits, so that what was a float is the same float; and a whole number that no float holds
# refused, or told of. Output seen:
#   openpyxl 3.1.5
#   198501012010011001: in the file 1.98501012010011e+17, read back as a float, the same: False
#   198501012010011002: in the file 1.98501012010011e+17, read back as a float, the same: False
#   123456789012345678: in the file 1.234567890123457e+17, read back as a float, the same: False; the nearest float: False
#   0.30000000000000004: in the file 0.3, read back as a float, the same: False; the nearest float: False
#   1234567890123456: in the file 1234567890123456, read back as a int, the same: True
#   '198501012010011001': in the file a text, read back as a str, the same: True
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5
cat >"$folder/try.py" <<'PY'
import re
import sys
import zipfile

import openpyxl

path = sys.argv[1]
WRITTEN = [198501012010011001, 198501012010011002, 123456789012345678, 0.1 + 0.2, 1234567890123456, "198501012010011001"]
book = openpyxl.Workbook()
for value in WRITTEN:
    book.active.append([value])
book.save(path)
sheet = zipfile.ZipFile(path).read("xl/worksheets/sheet1.xml").decode()
cells = re.findall(r'<c [^>]*?t="(\w+)"[^>]*>(.*?)</c>', sheet)
read = [row[0].value for row in openpyxl.load_workbook(path).active]

print("openpyxl", openpyxl.__version__)
for value, (kind, inside), back in zip(WRITTEN, cells, read, strict=True):
    told = f"{value!r}: in the file {re.sub('<.*?>', '', inside) if kind == 'n' else 'a text'}, read back as a {type(back).__name__}"
    told += f", the same: {back == value}"
    if isinstance(back, float) and back != float(value):
        told += "; the nearest float: False"
    print(told)
PY
"$folder/venv/bin/python" "$folder/try.py" "$folder/book.xlsx" | tee "$folder/seen"
diff - "$folder/seen" <<'SEEN'
openpyxl 3.1.5
198501012010011001: in the file 1.98501012010011e+17, read back as a float, the same: False
198501012010011002: in the file 1.98501012010011e+17, read back as a float, the same: False
123456789012345678: in the file 1.234567890123457e+17, read back as a float, the same: False; the nearest float: False
0.30000000000000004: in the file 0.3, read back as a float, the same: False; the nearest float: False
1234567890123456: in the file 1234567890123456, read back as a int, the same: True
'198501012010011001': in the file a text, read back as a str, the same: True
SEEN
