"""What makes a PDF structured as PDF/X-4 (ISO 15930-7): output intent, XMP, fixed dates. Nobody certified it."""

from xml.sax.saxutils import escape

import pikepdf
from pikepdf import Array, Dictionary, Name

from configurator.artwork.condition import Condition, described, packed

MOMENT, INFO_MOMENT = "2000-01-01T00:00:00Z", "D:20000101000000Z"
"""PDF/X wants dates; these say nothing, so that the same artwork is the same bytes."""

_XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:xmpMM="http://ns.adobe.com/xap/1.0/mm/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>{moment}</xmp:CreateDate><xmp:ModifyDate>{moment}</xmp:ModifyDate>
<xmp:MetadataDate>{moment}</xmp:MetadataDate>
<xmpMM:DocumentID>uuid:{name}</xmpMM:DocumentID><xmpMM:VersionID>1</xmpMM:VersionID>
<xmpMM:RenditionClass>default</xmpMM:RenditionClass>
<pdf:Trapped>False</pdf:Trapped><pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="r"?>"""


def structure(pdf: pikepdf.Pdf, condition: Condition, *, title: str, name: str) -> None:
    """Adds output intent and metadata. name: a UUID made from the content."""
    profile = pikepdf.Stream(pdf, b"")
    profile.write(packed(condition.profile), filter=Name.FlateDecode)
    profile.N = 4
    intent = Dictionary(
        Type=Name.OutputIntent,
        S=Name.GTS_PDFX,
        OutputConditionIdentifier=condition.name,
        Info=described(condition.profile),
        DestOutputProfile=pdf.make_indirect(profile),
    )
    pdf.Root.OutputIntents = Array([pdf.make_indirect(intent)])
    metadata = pdf.make_stream(_XMP.format(title=escape(title), moment=MOMENT, name=name).encode())
    metadata.Type, metadata.Subtype = Name.Metadata, Name.XML
    pdf.Root.Metadata = metadata
    pdf.docinfo.CreationDate = pdf.docinfo.ModDate = INFO_MOMENT
    pdf.docinfo.GTS_PDFXVersion = "PDF/X-4"
