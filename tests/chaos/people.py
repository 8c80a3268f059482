"""The people of a run: each looks at his phone, does what stands there, now and then something wrong, and is patient.

They know nothing of the house but the words on the screen: buttons, questions, and which documents a card misses.
"""

import asyncio
import contextlib
import re
from collections import deque
from datetime import timedelta

import aiohttp

from simulator import NoSuchButtonError
from simulator.line import SimulatorRefusedError
from tests.chaos.victim import POISON, UNANSWERABLE
from tests.papers import paper

AWAY = (aiohttp.ClientError, OSError, SimulatorRefusedError, NoSuchButtonError, TimeoutError)
PAUSE = 0.25  # seconds between two acts, on the average
SLOWEST = 8.0  # times as long between two acts of somebody whom nobody answers
PATIENCE = 1.5  # seconds for which the answer to a tap is waited for

# How gladly a button is pressed, by its label; what is not named is an option or a tick.
GLADLY = {
    "Disposisikan": 6, "Ajukan": 6, "Setujui": 6, "Kembalikan": 1, "Rapat Selesai": 6, "Beri Arahan": 6,
    "Sudah Diarsipkan": 6, "Jadwalkan Rapat": 6, "Ubah Jadwal": 0.1, "Batalkan Rapat": 0.05, "Hadir": 0.3,
    "Tidak Hadir": 0.15, "Diwakili": 0.1, "Isi Nomor Nadine": 0.2, "Tanya": 0.1, "Ada Kendala": 0.06,
    "Batalkan Berkas": 0.04, "Jawab": 2, "Daftar Hadir": 0.05, "Buka Kartu": 0.2, "Ingatkan": 0.1,
    "Tarik Keputusan": 0.6, "Tarik Pertanyaan": 0.5, "Tarik Tambahan Waktu": 0.5, "Tunda Proses": 4, "Lanjutkan Proses": 40,
    "Batalkan Proses": 0.8, "Alihkan Tugas": 6, "Buka Kembali Langkah": 3, "Catat Keputusan Tertulis": 15, "Perbaiki Isian": 8,
    "Sudah Disampaikan": 0.3, "Lainnya": 0.1, "Kembali": 0.5, "Mulai Proses": 1,
    "Tanda Tangani": 4, "Bahas Dahulu": 4, "Perlu Arahan": 4, "Cukup": 4,
}  # fmt: skip
ON_FORMS = {"Kirim": 30, "Lanjut": 6, "Lewati": 3, "Ubah": 0.3, "Tambah Catatan": 0.6, "Batal": 0.15, "Ya, Batalkan": 30,
            "Tidak Jadi": 0.15}  # fmt: skip
SENDS = {"Kirim", "Ya, Batalkan"}
TEXTS = ("/tugas", "/status", "/bantuan", "Selamat pagi.", "/batal") * 3 + (POISON, *UNANSWERABLE)
FOR_FORMS = ("Surat undangan", "Coretan")  # files that answer a question of a form
BEFORE_TIME = 0.05  # how much less gladly a desk is closed whose papers are not there
MISSING = re.compile(r"^\u2013 ([^:]+?)(?:: belum (?:ada|diperbarui))?$", re.MULTILINE)
COMPLETE = ("Dokumen telah lengkap", "Dokumen rapat telah lengkap", "Perbaikannya telah lengkap")
CLOSING = ("Ajukan", "Rapat Selesai")
MENDS = ("admin", "tata_usaha", "kabag_umum", "sekretaris")  # who finds on /status what mends a case
OF_CASE = " · Lainnya"  # ends the button of one case there
SEEN = 40  # old buttons that a person remembers


class Person:
    """`book` is what all of them have seen, by chat: whose buttons a forger may send."""

    def __init__(self, profile, phone, *, dice, ledger, book):
        self.profile, self.phone, self.dice, self.ledger = profile, phone, dice, ledger
        self.book, self.blocked = book, False
        self.shown, self.cursor = {}, 0  # his chat, as he last saw it
        self.old = deque(maxlen=SEEN)  # messages as they were, that have changed since
        self.sent = 0
        self.slower = 1.0  # by how much he waits longer, since nobody answers him

    async def live(self):
        """Until it is cancelled."""
        while True:
            await asyncio.sleep(self.slower * self.dice.expovariate(1 / PAUSE))
            if self.blocked:
                continue
            try:
                await self._turn()
            except AWAY:
                self.ledger.counts["acts that met nobody"] += 1
                await asyncio.sleep(0.3)

    async def _turn(self):
        await self._look()
        luck = self.dice.random()
        if luck < 0.05:
            await self._something_wrong()
        elif luck < 0.07:
            await self._write(self.dice.choice(TEXTS))
        elif luck < 0.08 and self.profile.role in ("tata_usaha", "sekretaris"):
            await self._write("/mulai")
        elif luck < 0.15 and self.profile.role in MENDS:
            await self._write("/status")
        elif (form := self._form()) is not None and self.dice.random() < 0.9:
            await self._go_on(form)
        else:
            await self._work()

    async def _look(self):
        self.cursor, changed = await self.phone._look(self.cursor, None)
        for message in changed:
            before = self.shown.get(message.id)
            if before is not None and before.keyboard and before.keyboard != message.keyboard:
                self.old.append(before)
            self.shown[message.id] = message
        self.book[self.phone.id] = self

    def _form(self):
        """The newest message of a form that is open."""
        return next((item for item in self._live() if _data(item)[0].split(":")[1].startswith("f")), None)

    def _live(self):
        """Messages with buttons, the newest first."""
        return [item for item in reversed(self.shown.values()) if item.by_bot and item.keyboard]

    # What he does as he should

    async def _go_on(self, form):
        """The next move on a form: an answer where something is to be typed, else a button."""
        options = [label for label in form.labels if label not in ON_FORMS]
        sends = not SENDS.isdisjoint(form.labels)
        asks = not options and not sends and "Lanjut" not in form.labels
        if asks and not ("Lewati" in form.labels and self.dice.random() < 0.5):
            await self._answer(form)
            return
        weights = [ON_FORMS.get(label, 0.4 if sends else 2.0) for label in form.labels]
        await self._press(form, self.dice.choices(form.labels, weights)[0])

    async def _answer(self, form):
        """What the form asks for, in reply to it, or just so."""
        reply = form if self.dice.random() < 0.3 else None
        words = form.text
        if any(said in words for said in ("mengirim suratnya", "mengirim undangan", "pindaian")):
            await self.send_file(FOR_FORMS[0], reply)
        elif "mengetik tanggal" in words:
            day = (self.ledger.clock() + timedelta(days=self.dice.choice((-1, 1, 3, 7)))).strftime("%d-%m-%Y")
            await self._write(day if self.dice.random() < 0.95 else "kapan-kapan", reply)
        elif "mengetik waktu mulai" in words:
            await self._write(self.dice.choice(("09.30", "13.00")), reply)
        elif "catatan perbaikan" in words and self.dice.random() < 0.15:
            await self.send_file(FOR_FORMS[1], reply)
        else:
            self.sent += 1
            await self._write(f"Catatan {self.sent} dari {self.profile.name}.", reply)

    async def _work(self):
        """A card, or a button of a notice: what gets a case on first."""
        choices, weights = [], []
        for message in self._live()[:60]:
            missing = MISSING.findall(message.text)
            is_complete = any(words in message.text for words in COMPLETE)
            for label in message.labels:
                gladly = 5 if label.endswith(OF_CASE) else GLADLY.get(label.split(" · ")[0], 0.3)
                if label in CLOSING and not is_complete:
                    gladly *= BEFORE_TIME
                choices.append((message, label))
                weights.append(gladly)
            if missing and set(message.labels) & {*CLOSING, "Jadwalkan Rapat", "Ubah Jadwal", "Lainnya"}:
                choices.append((message, None))
                weights.append(6 if CLOSING[0] in message.labels else 3)
        if not choices:
            return
        message, label = self.dice.choices(choices, weights)[0]
        if label is None:
            await self.send_file(self.dice.choice(MISSING.findall(message.text)), message)
        else:
            await self._press(message, label)

    async def _something_wrong(self):
        """A tap on what is no longer so, on another's button, or on none that there ever was."""
        luck = self.dice.random()
        if luck < 0.5 and self.old:
            message = self.dice.choice(self.old)
            await self._press(message, self.dice.choice(message.labels))
        elif luck < 0.85 and self.shown:
            other = self.dice.choice(sorted(self.book))
            live = self.book[other]._live()
            if live:
                data = self.dice.choice(_data(self.dice.choice(live)))
                await self._pressed(self.dice.choice(sorted(self.shown)), data)
        elif self.shown:
            await self._pressed(
                self.dice.choice(sorted(self.shown)), self.dice.choice(("approve:c1.99:1", "x", "a:b:c"))
            )

    # How

    async def _press(self, message, label):
        data = message.button(label).data
        if self.dice.random() < 0.08:  # a hasty thumb
            await asyncio.gather(self._pressed(message.id, data), self._pressed(message.id, data))
            return
        if not await self._pressed(message.id, data) and self.dice.random() < 0.5:
            await self._look()
            if self.shown[message.id].keyboard == message.keyboard:
                await self._pressed(message.id, data)

    async def _pressed(self, message_id, data):
        """Whether it was answered."""
        self.ledger.counts["taps"] += 1
        answer = await self.phone.press_forged(message_id, data, timeout=PATIENCE)
        self.ledger.counts["taps answered"] += answer.answered
        self.ledger.counts["alerts"] += answer.alert
        # Else a machine that others load too would only gather taps that nobody gets to.
        self.slower = 1.0 if answer.answered else min(SLOWEST, self.slower * 1.5)
        return answer.answered

    async def _write(self, words, reply=None):
        self.ledger.counts["texts"] += 1
        sent = await self.phone.send(words, reply_to=reply)
        if words == POISON:
            self.ledger.poisoned.add(sent.update_id)

    async def send_file(self, title, reply):
        self.sent += 1
        self.ledger.counts["files"] += 1
        name = f"{title} {self.profile.name} {self.sent}.pdf"
        data = paper(name, f"{name} {self.phone.id}")
        with contextlib.suppress(ValueError):
            await self.phone.send_file(name, data, reply_to=reply)


def _data(message):
    return [button.data for row in message.keyboard for button in row if button.data]
