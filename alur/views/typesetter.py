"""The process in which Typst sets one paper or picture. It reads the data on its standard input and writes the bytes; then it ends,
for Typst keeps what it has set, some 10 MB of a page full of text, of the last ten.

Run by `alur.views.typeset`, as a file of its own: without this house and with little of Python it starts in 20 ms.

    python -I -S typesetter.py PACKAGES ROOT FONTS TEMPLATE pdf STANDARD MOMENT
    python -I -S typesetter.py PACKAGES ROOT FONTS TEMPLATE png PPI
"""

import signal
import sys
from datetime import datetime


def main(packages: str, root: str, fonts: str, template: str, kind: str, *how: str) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the bot's to obey
    sys.path.append(packages)
    import typst  # noqa: PLC0415 - it is found now

    compiler = typst.Compiler(root=root, ignore_system_fonts=True, font_paths=[fonts])
    given = {"data": sys.stdin.buffer.read().decode()}
    if kind == "pdf":
        standard, moment = how
        at = datetime.fromisoformat(moment)
        made = compiler.compile(template, sys_inputs=given, format="pdf", pdf_standards=standard, timestamp=at)  # type: ignore[arg-type]
    else:
        made = compiler.compile(template, sys_inputs=given, format="png", ppi=float(how[0]))
    if not isinstance(made, bytes):
        sys.exit("it has more than one page")
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main(*sys.argv[1:])
