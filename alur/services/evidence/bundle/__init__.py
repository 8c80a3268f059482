"""A case's bundle: what Tata Usaha files and an auditor checks without us (`alur.evidence.verifikasi`, which it contains)."""
