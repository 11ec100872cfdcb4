"""What signing leaves behind, as other readers see it."""

from __future__ import annotations

import subprocess
from io import BytesIO
from pathlib import Path

import pikepdf
import pytest
from pikepdf import pdfa

from inspector.documents import sign
from inspector.documents.certificates import new_identity, opened
from inspector.model.errors import Refused
from tests.documents import signing
from tests.documents.signing import AT, PASSPHRASE


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("signed") / "sheet.pdf"
    path.write_bytes(signing.genuine())
    return path


def test_poppler_finds_both_signatures_valid_and_the_second_over_the_whole_file(file):
    said = subprocess.run(["pdfsig", file], capture_output=True, text=True, check=False).stdout
    assert said.count("Signature is Valid.") == 2
    assert said.count("ETSI.CAdES.detached") == 2
    assert said.count("Total document signed") == 1
    assert "检查员甲" in said
    assert "检查员乙" in said


def test_qpdf_finds_no_fault_in_the_signed_file(file):
    said = subprocess.run(["qpdf", "--check", file], capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout + said.stderr


def test_signing_only_appends_and_leaves_title_metadata_and_version_alone():
    before = signing.unsigned(signing.content_for(signing.person("检查员甲"), signing.person("检查员乙")))
    after = signing.add(before, signing.person("检查员甲"), 1)
    assert after.startswith(before)
    with pikepdf.open(BytesIO(before)) as old, pikepdf.open(BytesIO(after)) as new:
        assert new.pdf_version == "1.7"
        assert "/Version" not in new.Root
        assert "/Extensions" not in new.Root
        assert dict(new.docinfo.items()) == dict(old.docinfo.items())
        assert new.Root.Metadata.read_raw_bytes() == old.Root.Metadata.read_raw_bytes()


def test_the_signed_file_without_its_fields_is_pdf_a_3b(tmp_path):
    bare = tmp_path / "bare.pdf"
    with pikepdf.open(BytesIO(signing.genuine())) as pdf:
        del pdf.Root.AcroForm
        del pdf.Root.Perms
        for one in pdf.pages:
            if "/Annots" in one:
                del one.Annots
        pdf.save(bare, static_id=True)
    report = pdfa.validate_written(bare, "3b")
    assert report.verdict == "pass", report.findings


def test_two_signatures_are_two_small_revisions():
    base = signing.unsigned(signing.content_for(signing.person("检查员甲"), signing.person("检查员乙")))
    assert signing.genuine().startswith(base)
    assert signing.genuine().count(b"%%EOF") == 3
    assert len(signing.genuine()) - len(base) < 10_000


def test_which_fields_are_signed_can_be_asked():
    base = signing.unsigned(signing.content_for(signing.person("检查员甲"), signing.person("检查员乙")))
    assert sign.signed_fields(base) == ()
    assert sign.signed_fields(signing.add(base, signing.person("检查员甲"), 1)) == ("inspector-1",)
    assert sign.signed_fields(signing.genuine()) == ("inspector-1", "inspector-2")


def test_a_field_is_signed_once():
    with pytest.raises(Refused) as refused:
        signing.add(signing.genuine(), signing.person("检查员甲"), 2)
    assert refused.value.key == "signature-field-taken"


def test_only_a_field_that_the_sheet_has_can_be_signed():
    with pytest.raises(Refused) as refused:
        signing.add(signing.genuine(), signing.person("检查员甲"), 3)
    assert refused.value.key == "signature-field-unknown"


def test_the_passphrase_opens_the_key_and_no_other_one_does():
    made = new_identity(
        person="person:" + "b" * 16, name="检查员丙", organisation="", passphrase=PASSPHRASE, at=AT
    )
    assert signing.common_name(sign.signer(*opened(made.p12, PASSPHRASE))) == "检查员丙"
    with pytest.raises(Refused) as refused:
        opened(made.p12, PASSPHRASE + "!")
    assert refused.value.key == "passphrase-wrong"
