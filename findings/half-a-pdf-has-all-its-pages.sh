#!/usr/bin/env bash
# pikepdf 10.18.0 (with qpdf 12.4.2 inside) opens the first quarter of a PDF that qpdf itself wrote, raises nothing, and tells all
# of its 40 pages. Expected: an error, or about ten pages. The pages' objects stand at the front of such a file and what is on
# them behind: where /Contents points at nothing it is left out, so that 32 blank sheets are shown. That something was mended
# stands in get_warnings() alone, which a whole file has too whose table is merely off by a byte. Who wants to know whether a
# file came whole asks with attempt_recovery=False first, or looks for its end. Output seen:
#   pikepdf 10.18.0 qpdf 12.4.2
#   whole: 40 pages, 40 with contents, no warning
#   its table a byte off: 40 pages, 40 with contents, warnings
#   its table a byte off: 40 pages, 40 with contents, warnings
#   a quarter: 40 pages, 8 with contents, warnings
#   a quarter without recovery: PdfError
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check pikepdf==10.18.0
"$folder/venv/bin/python" - <<'PY' | tee "$folder/seen"
import io

import pikepdf

made = pikepdf.new()
for number in range(40):
    made.add_blank_page()
    made.pages[-1].Contents = made.make_stream(b"%% page %d " % number + b"x" * 2000)
stream = io.BytesIO()
made.save(stream, compress_streams=False)
whole = stream.getvalue()


def told(what, data):
    with pikepdf.open(io.BytesIO(data)) as file:
        filled = sum("/Contents" in page.obj for page in file.pages)
        warned = "warnings" if file.get_warnings() else "no warning"
        print(f"{what}: {len(file.pages)} pages, {filled} with contents, {warned}")


print("pikepdf", pikepdf.__version__, "qpdf", pikepdf.__libqpdf_version__)
told("whole", whole)
quarter = whole[: len(whole) // 4]
told("its table a byte off", whole.replace(b"%\xbf\xf7\xa2\xfe\n", b"%\xbf\xf7\xa2\xfe\n\n", 1))
told("a quarter", quarter)
try:
    pikepdf.open(io.BytesIO(quarter), attempt_recovery=False)
except pikepdf.PdfError as error:
    print("a quarter without recovery:", type(error).__name__)
PY
diff - "$folder/seen" <<'SEEN'
pikepdf 10.18.0 qpdf 12.4.2
whole: 40 pages, 40 with contents, no warning
its table a byte off: 40 pages, 40 with contents, warnings
a quarter: 40 pages, 8 with contents, warnings
a quarter without recovery: PdfError
SEEN
