"""The kinds of screens that are kept as pictures: a name, one line about it, and the message by which it is known."""

from collections.abc import Callable
from dataclasses import dataclass

from simulator import Message


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`is_it` of the newest message on somebody's phone."""

    name: str
    about: str
    is_it: Callable[[Message], bool]


def _kind(name: str, about: str, *words: str, buttons: tuple[str, ...] = (), without: tuple[str, ...] = ()) -> Kind:
    def is_it(message: Message) -> bool:
        has_words = all(word in message.text for word in words) and not any(word in message.text for word in without)
        return has_words and all(any(label.endswith(button) for label in message.labels) for button in buttons)

    return Kind(name=name, about=about, is_it=is_it)


PLAY = (
    _kind("welcome", "Whoever follows his invitation reads in three lines what will happen.", "Selamat datang"),
    _kind("opening", "/mulai: the letter's date is a tap, or typed after Lain….", "tanggal surat", buttons=("Lain…",)),
    _kind("letter", "The first card: a letter has come.", "Langkah 1/12", buttons=("Disposisikan",)),
    _kind("disposition", "A disposition: ticks, and Kirim.", "Disposisi", buttons=("Kirim", "Tambah Catatan")),
    _kind("draft-missing", "The analyst is told what to prepare.", "Langkah 2/12", "belum ada", buttons=("Ajukan",)),
    _kind("file-received", "A file is named with case, document and version.", "Berkas diterima", "Masih ditunggu"),
    _kind("draft-complete", "Everything is there.", "Langkah 2/12", "Dokumen telah lengkap", buttons=("Ajukan",)),
    _kind("meeting-day", "A meeting's day: the next ten working days.", "Mohon dipilih tanggal rapat"),
    _kind("meeting-hour", "Its hour.", "Mohon dipilih pukul"),
    _kind("invitation", "An invitation, with a file for the phone's calendar.", "Mohon kehadiran", buttons=("Hadir",)),
    _kind(
        "meeting", "The meeting's desk sees who comes.", "Langkah 4/12", "Jawaban undangan", buttons=("Rapat Selesai",)
    ),
    _kind("follow-up", "Units are told what to upload, and until when.", "Sipeg", "paling lambat"),
    _kind("review", "A review: one tap, or back.", "Langkah 6/12", buttons=("Setujui", "Kembalikan")),
    _kind("return-documents", "A return: which documents …", "Pengembalian", buttons=("Lanjut",)),
    _kind("return-reason", "… and why.", "Mohon diketik catatan perbaikan"),
    _kind("returned", "The work comes back with its reason.", "Langkah 5/12", "mengembalikan", buttons=("Ajukan",)),
    _kind("question", "A question, without a decision.", "menyampaikan pertanyaan", buttons=("Jawab",)),
    _kind("answer", "Its answer.", "menjawab pertanyaan"),
    _kind("nadine", "The number and the signed copy may come at any time.", "Nadine", buttons=("Isi Nomor Nadine",)),
    _kind("approval", "An approval with its disposition.", "Persetujuan", buttons=("Kirim", "Tambah Catatan")),
    _kind("waiting", "The case waits for an outside party, its clock stopped.", "Langkah 8/12", "menunggu undangan"),
    _kind("documents", "/berkas: what one may read.", "Mohon dipilih berkas", buttons=("Versi Lama",)),
    _kind("history", "/riwayat: the case, an act a line.", "Riwayat ip-asn-2026", buttons=("Lebih Lama",)),
    _kind("directions", "Directions: at least one.", "Arahan", buttons=("Kirim", "Tambah Catatan")),
    _kind("archive", "The archive card says what is missing.", "Langkah 12/12", buttons=("Sudah Diarsipkan",)),
    _kind("archive-known", "What is known is one tap.", "Pengarsipan", "nomor naskah", buttons=("Lain…",)),
    _kind("archive-summary", "Everything once more, before it is sent.", "Pengarsipan", buttons=("Kirim", "Ubah")),
    _kind("finished", "The end.", "telah selesai dan diarsipkan"),
)
LATE = (
    _kind("year", "From October on, until the year's case is open.", "belum dimulai", buttons=("Mulai Proses",)),
    _kind("due", "The day of a limit.", "jatuh tempo hari ini", buttons=("Buka Kartu",)),
    _kind("overdue", "A limit is over.", "telah melewati batas waktunya", buttons=("Ada Kendala",)),
    _kind("report", "Its superior hears of it, and may remind.", "kami laporkan", buttons=("Ingatkan",)),
    _kind("status", "/status: where every case stands.", "Langkah 1/12", "Rapat validasi", buttons=("Ingatkan",)),
    _kind("obstacle", "A difficulty, and days to grant.", "kendala", buttons=("2 hari kerja",), without=("dipilih",)),
    _kind("granted", "More days.", "memberikan tambahan", "Batas waktu menjadi"),
    _kind("meeting-today", "A meeting's day.", "diselenggarakan hari ini"),
    _kind("cancelled", "A meeting is called off.", "dibatalkan. Jadwal baru"),
    _kind("decree", "A decree moves a limit.", "hari kerja dalam kalender telah berubah"),
    _kind("several", "Several matters in one message.", "Melewati batas waktu", "Disampaikan di luar jam kerja"),
)
