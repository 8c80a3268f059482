"""The kinds of screens that are kept as pictures, in the order of the SOP: a name, one sentence, and how it is known."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum

from bot.rehearsal.run import Play
from simulator import Message


class Where(Enum):
    NEWEST = "the newest message on somebody's phone"
    ABOVE = "a message that newer ones may follow"
    ALERT = "an alert over it, for a tap on a phone that has not heard that the message has changed"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`is_it` of the message that is to be seen; `play` is the script in which it comes (`bot.rehearsal.run`)."""

    name: str
    about: str
    is_it: Callable[[Message], bool]
    where: Where = Where.NEWEST
    play: Play = "whole"

    @property
    def file(self) -> str:
        return f"{self.name}.png"


def _kind(
    name: str,
    about: str,
    *words: str,
    buttons: tuple[str, ...] = (),
    without: tuple[str, ...] = (),
    where: Where = Where.NEWEST,
) -> Kind:
    def is_it(message: Message) -> bool:
        has_words = all(word in message.text for word in words) and not any(word in message.text for word in without)
        return has_words and all(any(label.endswith(button) for label in message.labels) for button in buttons)

    return Kind(name=name, about=about, is_it=is_it, where=where)


def _late(*given: object, **known: object) -> Kind:
    return replace(_kind(*given, **known), play="late")  # type: ignore[arg-type]


def _mended(*given: object, **known: object) -> Kind:
    return replace(_kind(*given, **known), play="people")  # type: ignore[arg-type]


JOINING = (
    _kind("stranger", "Whoever is not enrolled reads whom to ask.", "hanya untuk pegawai yang terdaftar"),
    _kind(
        "welcome",
        "Whoever follows his invitation reads in three lines what will happen.",
        "Selamat datang",
        "Sekretaris",
    ),
    _kind("help", "/bantuan: what the reader's own cards ask, and where the data go.", "Bantuan", "Disposisikan"),
    _late("year", "From October on the year's case is called for.", "Wati", "belum dimulai", buttons=("Mulai Proses",)),
)
BEGINNING = (
    _kind("opening", "/mulai: the letter's date is a tap, or typed after Lain….", "tanggal surat", buttons=("Lain…",)),
    _kind("letter", "The first card: a letter has come.", "Langkah 1/12", buttons=("Disposisikan",)),
    _kind("disposition", "A disposition: ticks, and Kirim.", "Disposisi", buttons=("Kirim", "Tambah Catatan")),
    _kind(
        "closed",
        "A card that its reader has decided thanks for it.",
        "Terima kasih",
        "Disposisi tercatat",
        where=Where.ABOVE,
    ),
    _kind("draft-missing", "The analyst is told what to prepare.", "Langkah 2/12", "belum ada", buttons=("Ajukan",)),
    _kind("file-refused", "A file that cannot be taken is refused with the reason.", "belum dapat kami terima"),
    _kind("file-received", "A file is named with case, document and version.", "Berkas diterima", "Masih ditunggu"),
    _kind("which-document", "A file that fits several documents is asked about.", "sebagai dokumen yang mana"),
    _kind("more", "What is rare opens in the buttons' place.", "Langkah 2/12", buttons=("Batalkan Berkas", "Kembali")),
    _kind("draft-complete", "Everything is there.", "Langkah 2/12", "Dokumen telah lengkap", buttons=("Ajukan",)),
    _kind(
        "folded",
        "An older copy shrinks to a line; the newest is below.",
        "kartu terbaru tersedia di bawah",
        where=Where.ABOVE,
    ),
)
MEETING = (
    _kind("meeting-day", "A meeting's day: the next ten working days.", "Mohon memilih tanggal rapat"),
    _kind("meeting-hour", "Its hour.", "Mohon memilih waktu mulai"),
    _kind("invitation", "An invitation, with a file for the phone's calendar.", "Mohon kehadiran", buttons=("Hadir",)),
    _kind(
        "meeting", "The meeting's desk sees who comes.", "Langkah 4/12", "Jawaban undangan", buttons=("Rapat Selesai",)
    ),
    _late("meeting-today", "A meeting's day.", "mengingatkan jadwal", "hari ini, pukul"),
    _late("cancelled", "A meeting is called off.", "dibatalkan. Jadwal baru"),
    _kind(
        "closed-by-another",
        "Who helped reads by whom and when a card was closed.",
        "dinyatakan selesai oleh",
        "Tidak ada tindakan yang diperlukan",
        where=Where.ABOVE,
    ),
    _kind("follow-up", "Units are told what to upload, and until when.", "Sipeg", "paling lambat"),
)
REVIEW = (
    _kind("review", "A review: one tap, or back.", "Langkah 6/12", buttons=("Setujui", "Kembalikan")),
    _kind("question", "A question, without a decision.", "menyampaikan pertanyaan", buttons=("Jawab",)),
    _kind("answer", "Its answer.", "menjawab pertanyaan"),
    _kind("return-documents", "A return: which documents …", "Pengembalian", buttons=("Lanjut",)),
    _kind("return-reason", "… and why.", "Mohon mengetik catatan perbaikan", buttons=("Batal",)),
    _kind(
        "returned",
        "The work comes back with its reason.",
        "Langkah 5/12",
        "Catatan perbaikan dari",
        buttons=("Ajukan",),
    ),
    _kind(
        "refusal",
        "A tap that comes too late changes nothing, and hears who has decided and when.",
        "Pengembalian tercatat",
        where=Where.ALERT,
    ),
    _kind("nadine", "The number and the signed copy may come at any time.", "Nadine", buttons=("Isi Nomor Nadine",)),
    _kind("approval", "An approval with its disposition.", "Persetujuan", buttons=("Kirim", "Tambah Catatan")),
    _kind("documents", "/berkas: what one may read.", "Mohon memilih berkas", buttons=("Versi Lama",)),
    _kind(
        "history",
        "/riwayat: the case, an act a line.",
        "Riwayat ip-asn-2026",
        buttons=("Lebih Lama", "Kartu Kendali"),
    ),
    _kind("archive-list", "What is filed, as a workbook.", "Daftar isi berkas ip-asn-2026"),
    _kind("control-card", "Kartu Kendali: the case on paper, as a file.", "Kartu Kendali ip-asn-2026", "Keadaan per"),
)
CONCLUSION = (
    _kind("waiting", "The case waits for an outside party, its clock stopped.", "Langkah 8/12", "menunggu undangan"),
    _kind(
        "unsigned",
        "What is no signed letter is said at once to whoever brings it, and may be taken back.",
        "Berkas ini tidak memuat tanda tangan elektronik",
        buttons=("Batalkan Berkas",),
        where=Where.ABOVE,
    ),
    _kind("outside", "The outside party names the date itself.", "telah siap divalidasi", buttons=("Jadwalkan Rapat",)),
    _kind("directions", "Directions: at least one.", "Arahan", buttons=("Kirim", "Tambah Catatan")),
    _kind("archive", "The archive card says what is missing.", "Langkah 12/12", buttons=("Sudah Diarsipkan",)),
    _kind("archive-known", "What is known is one tap.", "Pengarsipan", "nomor naskah", buttons=("Lain…",)),
    _kind("archive-summary", "Everything once more, before it is sent.", "Pengarsipan", buttons=("Kirim", "Ubah")),
    _kind("finished", "The end.", "telah selesai dan diarsipkan"),
    _kind(
        "report-lines",
        "/laporan: a year in a few lines.",
        "Laporan 2026",
        "Dalam batas waktu",
        where=Where.ABOVE,
    ),
    _kind("report-papers", "Its files.", "Laporan 2026 untuk diolah"),
    _kind(
        "bundle", "The archived case as a file, with its own program that checks it.", "Arsip proses", "verifikasi.py"
    ),
    _kind("checkpoint", "What proves the trail, to be kept elsewhere.", "titik periksa jejak audit", where=Where.ABOVE),
)
LIMITS = (
    _late("due", "The day of a limit.", "jatuh tempo hari ini", buttons=("Buka Kartu",)),
    _late("overdue", "A limit is over.", "telah melewati batas waktunya", buttons=("Ada Kendala",)),
    _late("report", "Its superior hears of it, and may remind.", "kami laporkan", buttons=("Ingatkan",)),
    _kind(
        "board",
        "*Papan* on /status: the SOP as a chart, and how the case stands on it.",
        "Papan ip-asn-2026",
        "Keadaan pada",
        where=Where.ABOVE,
    ),
    _late("status", "/status: where every case stands.", "Langkah 1/12", "Rapat validasi", buttons=("Ingatkan",)),
    _late("obstacle", "A difficulty, and days to grant.", "kendala", buttons=("2 hari kerja",), without=("memilih",)),
    _late("granted", "More days.", "memberikan tambahan", "Batas waktu menjadi"),
    _late("decree", "A decree moves a limit.", "Karena perubahan hari libur"),
    _late("several", "Several matters in one message.", "Melewati batas waktu", "Disampaikan di luar jam kerja"),
    _late("outage", "After an outage an open card is posted again, and asks for the tap.", "mohon ditekan kembali"),
)
APPOINTING = (
    _kind("plh-person", "/plh: whom to appoint, by a tap or a part of his name.", "Siapakah yang ditugaskan?"),
    _kind(
        "plh-summary",
        "What will be, in one sentence, and what is to be heeded.",
        "Penugasan",
        "Perlu diperhatikan",
        buttons=("Kirim", "Ubah"),
    ),
    _kind("plh", "Who acts for whom, and from when to when.", "Penugasan Plh. dan Plt.", "(terjadwal)"),
    _late(
        "absent",
        "Whoever is absent reads who acts for him, and decides nothing.",
        "ditindaklanjuti oleh Plh.",
        where=Where.ABOVE,
    ),
    _late("appointed", "To the holder: who acts for him, by which order.", "dijalankan oleh Plh."),
)
MEMBERS = (
    _kind(
        "people",
        "/kelola: everybody, with what he holds and whether he is reached.",
        "Pegawai",
        buttons=("Undang Pegawai",),
    ),
    _kind("person", "One of them, and what may be done about him.", "Keadaan:", buttons=("Serahkan Jabatan",)),
    _kind("link", "A text to pass on, with its link.", "berikut tautan pendaftaran", where=Where.ABOVE),
)
ON_PAPER = (
    _kind("paper-signer", "Who decided on paper, by a tap, or typed.", "Siapakah yang memutuskan?", buttons=("Lain…",)),
    _kind(
        "paper-summary", "What is recorded from the sheet.", "Tanggal lembar:", "Lembar keputusan:", buttons=("Kirim",)
    ),
    _kind(
        "paper-told", "The holder reads that it was recorded.", "keputusan tertulis", "telah dicatat oleh Tata Usaha"
    ),
    _kind(
        "paper-card", "The next desk reads it below the words.", "Dicatat oleh Tata Usaha berdasarkan lembar tertulis"
    ),
)
MENDING = (
    _kind("correct", "What was typed and may be put right.", "Isian manakah", buttons=("Nomor surat", "Tanggal surat")),
    _kind("correct-summary", "What it was, and what it will be.", "semula:", buttons=("Kirim", "Ubah")),
    _kind("ralat", "The final report once more, with what was put right.", "RALAT", "semula"),
    _mended(
        "held",
        "A decision is recorded and not handed on yet: whoever made it can still withdraw it.",
        "akan diteruskan pukul",
        buttons=("Tarik Keputusan",),
        where=Where.ABOVE,
    ),
    _mended("status_held", "/status in the meantime.", "tercatat, diteruskan pukul", where=Where.ABOVE),
    _mended("suspend", "A case is to stand still: why, and Kirim.", "Alasan penundaan:", buttons=("Kirim", "Batal")),
    _mended("suspended", "Everybody concerned is told once.", "ditunda oleh", "Selama ditunda"),
    _mended("suspended-card", "A card says since when, and why.", "Proses ini ditunda oleh", where=Where.ABOVE),
    _mended("status-suspended", "/status meanwhile.", "Ditunda oleh", buttons=("Lanjutkan Proses", "Batalkan Proses")),
    _mended("resumed", "It goes on, with the new limit.", "telah dilanjutkan oleh", buttons=("Buka Kartu",)),
    _mended("cancel-case", "Before a case is called off.", "proses ini jadi dibatalkan", buttons=("Ya, Batalkan",)),
    _mended("called-off", "It is called off, and its period is free.", "dapat dibuka kembali dengan /mulai"),
    _mended(
        "assign",
        "To which of two holders a task goes, and why.",
        "Pengalihan tugas",
        "Ibu Ratna sedang dinas luar.",
        buttons=("Kirim", "Ubah"),
    ),
    _mended(
        "colleague", "The other one reads, and decides nothing.", "dialihkan kepada", "Tidak ada", where=Where.ABOVE
    ),
    _mended("reopen-step", "Which step is done again.", "Langkah manakah yang dibuka kembali?"),
    _mended(
        "reopened-card",
        "It is done again, outside of the SOP's course.",
        "kembali oleh",
        "di luar alur SOP:",
        where=Where.ABOVE,
    ),
    _mended(
        "reopened", "Who is concerned reads it once.", "di luar alur SOP.", "tidak berlaku lagi", where=Where.ABOVE
    ),
    _mended("called-off-card", "What is left of its cards.", "dibatalkan bersama prosesnya", where=Where.ABOVE),
)

CHAPTERS = {
    "Joining": JOINING,
    "Steps 1 and 2: the letter, the first documents": BEGINNING,
    "Steps 3 and 4: the meeting": MEETING,
    "Steps 5 to 7: the report, reviews and returns": REVIEW,
    "Steps 8 to 12: validation, directions, archive": CONCLUSION,
    "Limits and reminders": LIMITS,
    "Who acts for whom": APPOINTING,
    "Members": MEMBERS,
    "Decisions on paper": ON_PAPER,
    "What is mended": MENDING,
}
KINDS = tuple(kind for kinds in CHAPTERS.values() for kind in kinds)
