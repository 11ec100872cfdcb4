"""Registers as units fill them in: cells, pictures over cells, and pictures in cells as WPS keeps them."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import openpyxl
from openpyxl.drawing.image import Image as Floating
from openpyxl.xml.constants import DRAWING_NS, PKG_REL_NS, REL_NS, SHEET_DRAWING_NS
from PIL import Image

from inspector.tables.headings import REGISTER

COLUMNS = tuple(REGISTER.spellings)
FIRST = 4


def jpeg(colour=(90, 120, 90)):
    file = io.BytesIO()
    Image.new("RGB", (640, 480), colour).save(file, "JPEG")
    return file.getvalue()


def cell(book, row, column):
    return book.active.cell(row, COLUMNS.index(column) + 1)


def row_of(book, finding):
    return next(row for row in range(FIRST, 20) if cell(book, row, "finding").value == finding)


def fill(book, finding, **values):
    row = row_of(book, finding)
    given = {"measures": "已清理", "finished": date(2026, 11, 26), "person": "王某", **values}
    for column, value in given.items():
        cell(book, row, column).value = value
    return row


def paste(book, row, data, column="after"):
    book.active.add_image(
        Floating(io.BytesIO(data)), f"{openpyxl.utils.get_column_letter(COLUMNS.index(column) + 1)}{row}"
    )


def saved_by_wps(book, row, data, file):
    """The workbook with a picture in the cell of a row, as WPS writes it."""
    cell(book, row, "after").value = '=_xlfn.DISPIMG("ID_AB12",1)'
    plain = io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/cellimages.xml", CELL_IMAGES)
        new.writestr("xl/_rels/cellimages.xml.rels", CELL_IMAGES_RELS)
        new.writestr("xl/media/wps1.jpeg", data)


CELL_IMAGES = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<etc:cellImages xmlns:xdr="{SHEET_DRAWING_NS}" xmlns:r="{REL_NS}" xmlns:a="{DRAWING_NS}" xmlns:etc="urn:etc">
<etc:cellImage><xdr:pic><xdr:nvPicPr><xdr:cNvPr id="2" name="ID_AB12"/><xdr:cNvPicPr/></xdr:nvPicPr>
<xdr:blipFill><a:blip r:embed="rId1"/></xdr:blipFill></xdr:pic></etc:cellImage></etc:cellImages>"""
CELL_IMAGES_RELS = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="{PKG_REL_NS}"><Relationship Id="rId1"
 Type="{REL_NS}/image" Target="media/wps1.jpeg"/>
</Relationships>"""
