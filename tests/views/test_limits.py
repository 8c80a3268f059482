"""Telegram's limits: lengths after parsing, and cuts that leave the markup whole."""

from html import escape

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import UndefinedError

from alur.views import limits
from alur.views.environment import environment, tidied, vocabulary

texts = st.text(max_size=200)
pieces = st.lists(st.tuples(st.sampled_from(["b", "i", "code", "blockquote"]), texts), max_size=5)


def markup(parts):
    return "".join(f"<{tag}>{escape(text, quote=False)}</{tag}>" for tag, text in parts)


def test_a_length_counts_utf16_units_after_parsing():
    assert limits.length("<b>A &amp; B</b> 😀") == 8


@given(pieces, st.integers(1, 100))
def test_a_cut_fits_and_closes_what_it_opened(parts, limit):
    cut = limits.fitted(markup(parts), limit)
    assert limits.length(cut) <= limit
    for tag in ("b", "i", "code", "blockquote"):
        assert cut.count(f"<{tag}>") == cut.count(f"</{tag}>")


@given(texts, st.integers(1, 100))
def test_shortened_text_fits(text, limit):
    assert limits.units(limits.shortened(text, limit)) <= limit


def test_what_fits_stays_as_it_is():
    assert limits.fitted("<b>ya</b>", 2) == "<b>ya</b>"
    assert limits.shortened("ya", 2) == "ya"


def test_a_text_is_cut_at_a_word():
    assert limits.shortened("Mohon segera ditindaklanjuti", 16) == "Mohon segera…"


def test_blank_lines_never_double():
    assert tidied("a  \n\n \n\n  b\n") == "a\n\nb"


def test_a_missing_word_is_an_error_and_never_a_gap():
    with pytest.raises(UndefinedError):
        environment().from_string("{{ nothing }}").render()


def test_what_is_destroyed_is_confirmed_in_the_words_of_its_question():
    assert set(vocabulary("destroys").values()) == {"Ya, Tarik", "Ya, Akhiri", "Ya, Lepas"}


def test_the_contract_labels_stand_as_they_are_pressed():
    assert set(vocabulary("labels").values()) == {
        "Lihat Berkas",
        "Papan",
        "Riwayat",
        "Lainnya",
        "Kembali",
        "Semua Berkas",
        "Semua Proses",
        "Tarik Keputusan",
        "Alihkan Tugas",
        "Buka Kembali Langkah",
        "Tunda Proses",
        "Lanjutkan Proses",
        "Batalkan Proses",
        "Catat Keputusan Tertulis",
        "Perbaiki Isian",
        "Tarik Pertanyaan",
        "Tarik Tambahan Waktu",
        "Versi Lama",
        "Daftar Isi Berkas",
        "Kartu Kendali",
        "Versi Terbaru",
        "Proses Lain",
        "Lebih Lama",
        "Lebih Baru",
        "Sebelumnya",
        "Berikutnya",
        "Ada Kendala",
        "Ingatkan",
        "Batalkan Rapat",
        "Daftar Hadir",
        "Buka Kartu",
        "Mulai Proses",
        "Disposisikan",
        "Ajukan",
        "Setujui",
        "Kembalikan",
        "Tanya",
        "Jadwalkan Rapat",
        "Ubah Jadwal",
        "Hadir",
        "Tidak Hadir",
        "Diwakili",
        "Rapat Selesai",
        "Beri Arahan",
        "Sudah Diarsipkan",
        "Batalkan Berkas",
        "Isi Nomor Nadine",
        "Lepas Telepon",
        "Jawab",
        "Sudah Disampaikan",
        "Lanjut",
        "Lewati",
        "Teruskan Isian Lama",
        "Buka Isian Baru",
        "Tambah Catatan",
        "Kirim",
        "Ubah",
        "Lain…",
        "Batal",
        "Ya, Batalkan",
        "Tidak Jadi",
        "Daftar Pegawai",
        "Undang Pegawai",
        "Tarik Pendaftaran",
        "Ubah Data",
        "Serahkan Jabatan",
        "Tugaskan",
        "Akhiri Penugasan",
        "Lihat Surat Perintah",
    }
