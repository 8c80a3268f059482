"""Who takes part: invented people, by the role that they hold. Units and their names are made up or generic."""

from dataclasses import dataclass

UNIT_A = "Direktorat Teknik dan Lingkungan"
UNIT_B = "Direktorat Pembinaan Program"
UNIT_C = "Direktorat Pembinaan Pengusahaan"  # nobody of it joins: its invitation is delivered by hand


@dataclass(frozen=True, kw_only=True)
class Profile:
    """`role` is what `alur invite` is told; empty for somebody who was never invited."""

    role: str
    name: str
    desk: str  # for whoever looks on
    sapaan: str | None = None
    unit: str | None = None

    @property
    def label(self) -> str:
        return f"{self.sapaan} {self.name} ({self.desk})" if self.sapaan else f"{self.name} ({self.desk})"


SEKRETARIS = Profile(role="sekretaris", name="Ratna", desk="Sekretaris", sapaan="Ibu")
KABAG = Profile(role="kabag_umum", name="Hadi", desk="Kepala Bagian Umum", sapaan="Bapak")
ANALIS = Profile(role="analis_sdm", name="Rina", desk="Analis SDM", sapaan="Ibu")
UNIT_ONE = Profile(role="unit_terkait", name="Bima", desk="Unit Teknik", sapaan="Bapak", unit=UNIT_A)
UNIT_TWO = Profile(role="unit_terkait", name="Sari", desk="Unit Program", sapaan="Ibu", unit=UNIT_B)
ABSENT_UNIT = Profile(role="unit_terkait", name="Galih", desk="Unit Pengusahaan", unit=UNIT_C)
BIRO = Profile(role="biro_sdm", name="Surya", desk="Biro SDM", sapaan="Bapak")
TATA_USAHA = Profile(role="tata_usaha", name="Wati", desk="Tata Usaha", sapaan="Ibu")
SECOND_ANALYST = Profile(role="analis_sdm", name="Dewi", desk="Analis SDM", sapaan="Ibu")
# Head of another division, who takes the Kabag's place for some days; he joins in the middle of a case.
PLH = Profile(role="unit_terkait", name="Arif", desk="Kepala Bagian Keuangan", sapaan="Bapak", unit="Bagian Keuangan")
ADMIN = Profile(role="admin", name="Yoga", desk="Administrator", sapaan="Bapak")
STRANGER = Profile(role="", name="Tono", desk="a stranger")

INVITED = (ADMIN, TATA_USAHA, SEKRETARIS, KABAG, ANALIS, UNIT_ONE, UNIT_TWO, BIRO)

# A rehearsal: one person for each role of the SOP, in the order in which the case first comes to them, and an administrator;
# and who else may still join, with a link that waits on the page.
REHEARSING = (TATA_USAHA, SEKRETARIS, KABAG, ANALIS, UNIT_ONE, BIRO, ADMIN)
MAY_JOIN = (UNIT_TWO, SECOND_ANALYST)
