"""Reads the XML of a server that nobody vouches for: no document type, so no entities either."""

from xml.etree import ElementTree


class NotXml(Exception):
    """The body is no XML, cut short, or more than a server has to say."""


class _NoDocumentType(ElementTree.TreeBuilder):
    """Refuses a document type at its first sign: entities, ours or another host's, start there."""

    def doctype(self, name: str, _public: str | None, _system: str | None) -> None:
        raise NotXml(name)


def parsed(body: bytes) -> "ElementTree.Element":
    """The root of a document. Raises NotXml."""
    parser = ElementTree.XMLParser(target=_NoDocumentType())
    try:
        parser.feed(body)
        root: ElementTree.Element = parser.close()
    except (ElementTree.ParseError, LookupError, ValueError) as error:
        raise NotXml(type(error).__name__) from error
    return root
