"""The buttons as people of the rehearsal know them."""

from simulator import Message

STEPS = 12
FILES = "Lihat Berkas"  # on the last row of everybody who was sent something
READING = (FILES, "Riwayat")  # the row of everybody who reads cases whole, where nothing is to be done
MORE = "Lainnya"  # what opens the rest, where something is
RARE = ("Batalkan Rapat", "Daftar Hadir", "Batalkan Berkas", "Ada Kendala", "Riwayat")  # and stands behind it
HELPING = (FILES, MORE)  # the last buttons of a desk that helps
ASIDE = ("Tanya", *HELPING)  # and of every desk that decides
DECIDING = ("Setujui", "Kembalikan", *ASIDE)  # the buttons of a review
LEAVE = {"Batal", "Tidak Jadi"}  # one of them stands under every question; the second where something is destroyed
ON_STATUS = {
    "Tunda Proses", "Lanjutkan Proses", "Batalkan Proses", "Alihkan Tugas", "Buka Kembali Langkah",
    "Catat Keputusan Tertulis", "Perbaiki Isian", "Papan",
}  # fmt: skip
OTHER = "Lain…"
CHECKPOINT = "titik periksa jejak audit"  # what an administrator keeps, and nobody has to read
FURTHER_UP = "Berkas di atas: "  # what a card says of files which are not sent again
HANDED_OUT = "bertanda tangan · versi"  # what the caption of a signed letter says
DECIDE_ON_FILES = {"Disposisikan", "Setujui", "Beri Arahan", "Sudah Diarsipkan"}


def offers(message: Message, label: str) -> bool:
    return label in message.labels or (label in RARE and MORE in message.labels)
