"""Makes the fonts of this folder from the packages that publish them. Run once; the results are committed.

In an empty folder FOLDER:
    npm pack @expo-google-fonts/noto-sans-sc@0.4.3 @expo-google-fonts/noto-serif-sc@0.4.3
    apt-get download fonts-hanazono        (20170904-2.1)
then `.venv/bin/python resources/fonts/make_fonts.py FOLDER` (1 minute). The same packages give the same bytes,
whatever the hash seed and the time zone; SHA256SUMS holds the packages' hashes and the fonts'.

What is done, and why (each tried):
- hinting and layout tables go: reportlab reads neither, 3 % smaller;
- HanaMinB is scaled from 1024 to 1000 units an em: reportlab writes the advance of the glyphs after
  numberOfHMetrics unscaled, and PDF/A 6.2.11.5 then finds two widths;
- timestamps stay those of the packages.
"""

from __future__ import annotations

import hashlib
import io
import subprocess
import sys
import tarfile
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem

HERE = Path(__file__).resolve().parent
LICENCES = HERE.parent / "licences"
SUMS = HERE / "SHA256SUMS"
SANS = "expo-google-fonts-noto-sans-sc-0.4.3.tgz"
SERIF = "expo-google-fonts-noto-serif-sc-0.4.3.tgz"
HANAZONO = "fonts-hanazono_20170904-2.1_all.deb"
# file of this folder: package, file in it
FONTS = {
    "NotoSansSC-Regular.ttf": (SANS, "package/400Regular/NotoSansSC_400Regular.ttf"),
    "NotoSansSC-Bold.ttf": (SANS, "package/700Bold/NotoSansSC_700Bold.ttf"),
    "NotoSerifSC-Regular.ttf": (SERIF, "package/400Regular/NotoSerifSC_400Regular.ttf"),
    "HanaMinB.ttf": (HANAZONO, "./usr/share/fonts/truetype/hanazono/HanaMinB.ttf"),
}
TEXTS = {
    "Noto-Sans-SC.txt": (SANS, "package/LICENSE_FONT"),
    "Noto-Serif-SC.txt": (SERIF, "package/LICENSE_FONT"),
    "Hanazono.txt": (HANAZONO, "./usr/share/doc/fonts-hanazono/copyright"),
}
# characters of names and places that make other programs draw boxes, and a font that must have them
RARE = {"NotoSansSC-Regular.ttf": "堃𬭎㐂龘䶮", "NotoSansSC-Bold.ttf": "堃𬭎㐂龘䶮", "HanaMinB.ttf": "𬭎𠮷"}


def opened(package: Path) -> tarfile.TarFile:
    """The files of a .tgz or .deb."""
    if package.suffix == ".deb":
        tar = subprocess.run(["dpkg-deb", "--fsys-tarfile", package], check=True, capture_output=True).stdout
        return tarfile.open(fileobj=io.BytesIO(tar))
    return tarfile.open(package)


def taken(package: Path, name: str) -> bytes:
    """The file `name` of a .tgz or .deb."""
    with opened(package) as archive:
        member = archive.extractfile(name)
        if member is None:
            raise FileNotFoundError(f"{package.name}: {name}")
        return member.read()


def made(font: bytes) -> bytes:
    """The font as it is shipped: every character, no hinting, no layout, 1000 units an em."""
    face = TTFont(io.BytesIO(font), recalcTimestamp=False)
    options = subset.Options(
        layout_features=[],
        hinting=False,
        glyph_names=False,
        notdef_outline=True,
        recalc_timestamp=False,
        name_IDs=["*"],
        name_languages=["*"],
    )
    cut = subset.Subsetter(options)
    cut.populate(unicodes=face.getBestCmap())
    cut.subset(face)
    if face["head"].unitsPerEm != 1000:
        scale_upem(face, 1000)
    out = io.BytesIO()
    face.save(out)
    return out.getvalue()


def main(folder: Path) -> None:
    """Writes the fonts, their licences and SHA256SUMS; ends with 1 if a package is not the known one."""
    lines = SUMS.read_text("utf-8").splitlines() if SUMS.exists() else []
    known = {name: digest for digest, name in (line.split("  ") for line in lines)}
    sums = {
        name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in (SANS, SERIF, HANAZONO)
    }
    for name, digest in sums.items():
        if known.get(name, digest) != digest:
            sys.exit(f"{name}: SHA-256 {digest} is not the known one")
    LICENCES.mkdir(exist_ok=True)
    for name, (package, member) in TEXTS.items():
        (LICENCES / name).write_bytes(taken(folder / package, member))
    for name, (package, member) in FONTS.items():
        font = made(taken(folder / package, member))
        cmap = TTFont(io.BytesIO(font)).getBestCmap()
        missing = [character for character in RARE.get(name, "") if ord(character) not in cmap]
        if missing:
            sys.exit(f"{name} lacks {missing}")
        (HERE / name).write_bytes(font)
        sums[name] = hashlib.sha256(font).hexdigest()
    SUMS.write_text("".join(f"{digest}  {name}\n" for name, digest in sums.items()), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
