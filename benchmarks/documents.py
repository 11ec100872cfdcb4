"""What signing and verifying a sheet cost: medians in random order, each with a control.

    PYTHONPATH=. .venv/bin/python benchmarks/documents.py [--rounds N]

Two signatures with keys unlocked must take at most 1.3 times two signatures of bare pyHanko with the same settings;
`inspector verify` at most 2 times a fresh process that imports pyHanko and validates the same file.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Sequence
from functools import partial
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import measure, report
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter

from inspector.documents.sign import Signer
from tests.documents import signing

SIGNING_LIMIT = 1.3
VERIFYING_LIMIT = 2.0
VALIDATION = """
import sys
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
with open(sys.argv[1], "rb") as file:
    for signature in PdfFileReader(file).embedded_signatures:
        context = ValidationContext(trust_roots=[signature.signer_cert], allow_fetching=False)
        assert validate_pdf_signature(signature, context).bottom_line
"""


def ours(pdf: bytes, signers: Sequence[Signer]) -> None:
    """Two signatures as the program makes them."""
    for number, signer in enumerate(signers, 1):
        pdf = signing.add(pdf, signer, number)


def bare(pdf: bytes, signers: Sequence[SimpleSigner]) -> None:
    """Two signatures as pyHanko's documentation makes them."""
    for number, signer in enumerate(signers, 1):
        metadata = PdfSignatureMetadata(
            field_name=f"inspector-{number}",
            md_algorithm="sha256",
            certify=number == 1,
            docmdp_permissions=MDPPerm.FILL_FORMS,
            subfilter=SigSeedSubFilter.PADES,
        )
        out = BytesIO()
        writer = IncrementalPdfFileWriter(BytesIO(pdf))
        PdfSigner(metadata, signer).sign_pdf(writer, output=out, existing_fields_only=True)
        pdf = out.getvalue()


def plain(signer: SimpleSigner) -> SimpleSigner:
    """The same key in pyHanko's own signer."""
    return SimpleSigner(signer.signing_cert, signer.signing_key, signer.cert_registry)


def run(*command: str) -> None:
    """A process from start to end."""
    subprocess.run([sys.executable, *command], stdout=subprocess.DEVNULL, check=True)


def main() -> int:
    """Prints the figures; 1 if a limit is missed."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=15)
    rounds = arguments.parse_args().rounds
    signers = signing.inspectors()
    pdf = signing.unsigned(signing.content_for(*signers))
    signed = signing.genuine()
    print(f"a sheet of {len(signed) / 1024:.0f} KB, {rounds} rounds")
    theirs = partial(bare, pdf, [plain(signer) for signer in signers])
    taken = measure({"ours": partial(ours, pdf, signers), "bare": theirs, "control": theirs}, rounds=rounds)
    reference = "bare pyHanko"
    report("the same again (control)", taken["control"], reference, taken["bare"], 1.1)
    fast = report("two signatures", taken["ours"], reference, taken["bare"], SIGNING_LIMIT)
    with TemporaryDirectory() as folder:
        file = Path(folder, "sheet.pdf")
        file.write_bytes(signed)
        validating = partial(run, "-c", VALIDATION, str(file))
        command = partial(run, "-m", "inspector", "verify", str(file))
        taken = measure({"ours": command, "bare": validating, "control": validating}, rounds=rounds)
    reference = "a fresh process with pyHanko"
    report("the same again (control)", taken["control"], reference, taken["bare"], 1.1)
    quick = report("inspector verify", taken["ours"], reference, taken["bare"], VERIFYING_LIMIT)
    return int(not (fast and quick))


if __name__ == "__main__":
    sys.exit(main())
