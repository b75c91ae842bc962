"""OpenDocument files as small as they can be, for tests."""

import zipfile
from io import BytesIO

_SPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}"'
    for prefix, name in {
        "office": "office:1.0",
        "style": "style:1.0",
        "text": "text:1.0",
        "table": "table:1.0",
        "draw": "drawing:1.0",
        "fo": "xsl-fo-compatible:1.0",
        "svg": "svg-compatible:1.0",
        "presentation": "presentation:1.0",
    }.items()
)


def package(kind: str, body: str, *, styles: str = "", prolog: str = "", manifest: str = "") -> bytes:
    """A file of `kind` (text, spreadsheet, presentation) with that body and those automatic styles."""
    automatic = f"<office:automatic-styles>{styles}</office:automatic-styles>"
    content = f"<office:body><office:{kind}>{body}</office:{kind}></office:body>"
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        document = f"<office:document-content {_SPACES}>{automatic}{content}</office:document-content>"
        archive.writestr("content.xml", prolog + document)
        archive.writestr("META-INF/manifest.xml", manifest or "<manifest/>")
    return stream.getvalue()


def table(*rows: tuple[str, ...], name: str = "Prices", columns: str = "") -> str:
    """A table of those cells."""
    lines = ("".join(f"<table:table-cell><text:p>{cell}</text:p></table:table-cell>" for cell in row) for row in rows)
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    return f'<table:table table:name="{name}">{columns}{body}</table:table>'
