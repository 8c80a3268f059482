"""How Alur speaks, as far as a machine can hear it: what is wrong with a text that people read. Each rule has its proof in
`tests/views/test_bahasa.py`.
"""

import re
from html import unescape

from alur.views.environment import vocabulary
from alur.views.joiners import JOINER
from tests.factories import MEMO, SOP

BUTTON = r"[A-Z“<]"
MET = "rapat validasi dengan Biro SDM"
MEETING = rf"rapat (?:internal rekonsiliasi data capaian|{MET.removeprefix('rapat ')})"

# What is not said: the words, what is said in their place, and a text that said them.
OLD = (
    (
        r"(?<![Ii]sian )\bbaru (?:dibuka|tersedia|diterima|disampaikan)\b",
        "telah",
        "Proses baru dibuka dan suratnya diteruskan.",
    ),
    (r"\bkartu disposisi\b", "permintaan disposisi", "kartu disposisi surat rekonsiliasi telah kami sampaikan"),
    (r"\bmenutup rapat\b|(?<!jadwal )\brapat ditutup\b", "menekan Rapat Selesai", "mohon perkenan Bapak menutup rapat"),
    (r"\b[Pp]erwakilan\b", "wakil", "Perwakilan rapat"),
    (r"\bmelewati dan tersimpan\b|\bmelewati masa\b", "melalui; habis", "sudah melewati masa berlakunya"),
    (r"\bbertanda tangan ada\b", "sudah ada", "dokumen bertanda tangan ada"),
    (r"\bada (?:di bawah|pada /)", "tersedia", "kartu terbaru ada di bawah"),
    (r"\b[Ss]ekurang(?:-kurang)?nya\b", "paling sedikit", "sekurangnya 5 karakter"),
    (r"\b[Mm]is\.", "misalnya", "mis. 15-12-2026"),
    (r"\bnamun\b", "tetapi", "telah dibuat, namun tanpa 1 berkas"),
    (r"\b[Pp]utaran\b", "kali ke-", "langkah 5 putaran 2"),
    (r"\b[Nn]otulen\b", "notula", "Notulen rapat"),
    (r"\b[Tt]ingkat keamanan\b", "klasifikasi keamanan", "Tingkat keamanan: Terbatas"),
    (r"· berkas (?!terbaru|lama)|· lokasi (?!simpan)", "nomor berkas, lokasi simpan", "klasifikasi OT.03 · berkas 17"),
    (r"\b[Jj]umlah berkas\b", "jumlah dokumen", "Jumlah berkas dapat diketik ulang."),
    (r"\b[Kk]embalikan: alasan\b|\b[Aa]lasan perlu\b", "catatan perbaikan", "kembalikan: alasan"),
    (r"\b(?:[Kk]ode|mendapat) undangan\b|\bundangan ini sudah\b", "pendaftaran", "Kode undangan dapat diketik"),
    (r"\bsurat Nomor\b", "Surat Nomor", "dengan surat Nomor B-1"),
    (r"\b[Mm]ohon diperiksa kartu", "dapat dibuka dengan /tugas", "Mohon diperiksa kartu terbaru"),
    (r"\b[Mm]ohon (?:diketik|dipilih|dijawab|ditulis)\b|\bditekan " + BUTTON, "active", "kemudian ditekan Kirim"),
    (r"\b[Mm]ohon (?:tekan|kirim)\b|: (?:pilih|isi) ", "menekan, mengirim", "Mohon kirim berkasnya"),
    (r"\b(?:memeriksa|menindaklanjuti|menyetujui|mendisposisikan)\.", "its object", "Mohon perkenan Ibu memeriksa."),
    (r"\buntuk perbaikan oleh\b", "oleh … untuk diperbaiki", "dikembalikan untuk perbaikan oleh Bapak Hadi"),
    (r"\bTercatat dikembalikan\b", "Pengembalian … tercatat", "Tercatat dikembalikan kepada Bapak Hadi."),
    (r"\b[Rr]apat selesai(?:,)? tercatat\b", "penyelesaian rapat", "Rapat selesai tercatat."),
    (r"\btercatat diarsipkan\b", "pengarsipan … tercatat", "tercatat diarsipkan Rabu"),
    (r"\bselesai dan ditutup\b|\bdiselesaikan oleh\b", "dinyatakan selesai", "telah selesai dan ditutup pada"),
    (rf"(?<!penyelesaian ){MEETING} \(.*?\)(?:, batas| jatuh| telah m)", "penyelesaian", f"{MET} (1) jatuh tempo"),
    (r"\bdi (?:Analis|Sekretaris|Kepala|Tata Usaha)\b", "pada", "di Analis SDM Aparatur telah melewati"),
    (r"\bpada (?:kartunya|percakapan|isian itu|server)\b", "di", "tombol pada kartunya"),
    (r"\btidak wajib\b", "belum ada (bila ada, dapat dikirim)", "Undangan: tidak wajib"),
    (r"\b[Kk]oreksi\b", "catatan perbaikan", "Koreksi dapat dikirim"),
    (r"\b[Tt]indakan lebih lanjut\b", "yang perlu ditindaklanjuti", "Tidak ada tindakan lebih lanjut."),
    (r"\bdikoordinasikan dengan\b", "berkoordinasi dengan", "Mohon dikoordinasikan dengan Tata Usaha"),
    (
        r"\b[Ii]sian(?: [a-z]+)* (?:sudah )?dibatalkan\b",
        "ditutup, tidak ada yang dicatat",
        "Isian ini sudah dibatalkan",
    ),
    (r"\b[Jj]awaban dikirim ke percakapan\b", "nothing", "Jawaban dikirim ke percakapan ini."),
    (r"\b[Kk]eterangan: ", "Keterangan SOP:", "Keterangan: SOP Pengukuran Kinerja"),
    (r"\b[Yy]ang diperbaiki\b", "yang perlu diperbaiki", "Yang diperbaiki: Data awal"),
    (r"\bditolak\b|\bterlambat\b|\bAnda\b|\b[Kk]amu\b", "dikembalikan; batas waktu; Bapak/Ibu", "Usulan Anda ditolak"),
    (
        r",(?:</\w>)? (?:karena|sehingga|agar|untuk(?! diketahui)|bila)\b",
        "no comma before it",
        "Berkas belum diterima, karena kosong",
    ),
    (r"\b[Pp]ukul\b(?!:? ?(?:<b>)?(?:\d|\{))", "waktu", "Mohon dipilih pukul mulai rapat"),
    (r"\b(?:\d\d:\d\d|\d{4}-\d\d-\d\d)\b(?![\w/-])", "09.30; Selasa, 15 Des 2026", "dimulai 09:30"),
    (r"\b\d+\.\d [KM]B\b", "1,2 MB", "berkas.pdf (1.2 MB)"),
)
WEEKDAY = r"(?:Senin|Selasa|Rabu|Kamis|Jumat|Sabtu|Minggu)"
DATES = (
    (rf"\b(?:tercatat|diarsipkan|dimulai|diselenggarakan) (?:<b>)?{WEEKDAY}, \d", "pada", "tercatat Senin, 2 Nov"),
    (rf"\b{WEEKDAY} \d", "a comma", "Senin 2 Nov 2026"),
)
LABELS = frozenset(vocabulary("labels").values())
STEPS = [step for sop in (SOP, MEMO) for step in sop.steps]
OF_SOPS = frozenset(way.label for step in STEPS for task in step.tasks for way in task.ways)
LONG_LABELS = [label for label in LABELS if " " in label]
POSTS = "|".join(re.escape(role.title) for sop in (SOP, MEMO) for role in sop.roles if role.reads != "sent")
TITLES = [item.title for item in (*SOP.documents, *MEMO.documents, *STEPS)]
LONGEST_SENTENCE = 30  # words; a title of a document or step counts as one, the order behind a Plh as none


def without_own_words(text: str) -> str:
    """Without what people themselves have said, and what is there to be copied."""
    text = re.sub(r"<(blockquote|code)\b[^>]*>(?!Yth).*?</\1>", "…", text.replace(JOINER, ""), flags=re.DOTALL)
    return re.sub(r"“(?![A-Z][a-z]+(?: [A-Z][a-z]+)*”)[^”]*”", "“…”", text)


def old_words(text: str) -> list[str]:
    return [f"{found[0]!r}: {right}" for pattern, right, _ in (*OLD, *DATES) for found in re.finditer(pattern, text)]


def names(text: str, people: tuple[str, ...]) -> list[str]:
    """Names that stand bare: without Bapak, Ibu or Yth., and not in brackets behind a post."""
    called = r"(?:(?:Bapak|Ibu|Bapak/Ibu|Yth\.) |[\w.)] \()"
    return [
        f"{text[max(0, found.start() - 20) : found.end()]!r}: a bare name"
        for name in people
        for found in re.finditer(re.escape(name), text)
        if not re.search(called + "$", text[max(0, found.start() - 20) : found.start()])
    ]


def addresses(text: str) -> list[str]:
    """Yth. before Bapak or Ibu and a post, and who is addressed twice."""
    double = (
        rf"(?:Yth\.|kasih,|datang,) (?:Bapak|Ibu|Bapak/Ibu) (?:Pl[ht]\. )?(?:{POSTS})|\b(Bapak|Ibu) (?:Bapak|Ibu)\b"
    )
    return [f"{found[0]!r}: addressed twice" for found in re.finditer(double, text)]


def buttons(text: str, *, is_message: bool) -> list[str]:
    """Buttons that are not called by their labels; in a message these are bold (or in quotation marks, in what an alert says
    too), in an alert in quotation marks.
    """
    pressed = r"\b(?:menekan|setelah|[Tt]ombol) (?:<b>|“)([^<”]+)(?:</b>|”)"
    wrong = [
        f"{found[1]!r}: no such button" for found in re.finditer(pressed, text) if found[1] not in LABELS | OF_SOPS
    ]
    bare = rf"\b(?:menekan|tombol) (?:{'|'.join(map(re.escape, sorted(LABELS)))})\b"
    for label in LONG_LABELS:
        bare += rf"|(?<![“>])\b{re.escape(label)}\b(?![”<])"
    wrong += [f"{found[0]!r}: bold, or in quotation marks" for found in re.finditer(bare, text)]
    return wrong if is_message else wrong + [f"{item}: bold in an alert" for item in re.findall("<b>", text)]


def long_sentences(text: str, *, most: int = LONGEST_SENTENCE) -> list[str]:
    plain = unescape(re.sub(r"</?\w[^>]*>", "", text))
    plain = re.sub(r", Surat Perintah Nomor [^)]*\)", ")", plain)
    for title in sorted(TITLES, key=len, reverse=True):
        plain = re.sub(re.escape(title), "JUDUL", plain, flags=re.IGNORECASE)
    sentences = re.split(r"(?<=[.?!:;])\s+|\n", re.sub(r"\b(Yth|Plh|Plt|s\.d|S|M)\.", r"\1", plain))
    return [f"{item!r}: {count} words" for item in sentences if (count := len(item.split())) > most]


def faults(text: str, *, people: tuple[str, ...] = (), is_message: bool = True) -> list[str]:
    """All that is wrong with a text as it is shown."""
    ours = without_own_words(text)
    called, pressed = names(ours, people), buttons(ours, is_message=is_message)
    return [*old_words(ours), *called, *pressed, *long_sentences(ours)]
