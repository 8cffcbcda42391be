using System.Collections.Immutable;
using System.Xml;
using System.Xml.Linq;

namespace Atelier.Imaging.Metadata;

/// <summary>The texts of a picture in an XMP packet, for formats that store no texts of their own. Programs that keep
/// XMP keep them too.</summary>
internal static class XmpText
{
    private static readonly XNamespace Meta = "adobe:ns:meta/", Own = "urn:atelier:texts",
        Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    private static readonly XName Texts = Own + "Texts", Keyword = Own + "Keyword", Text = Own + "Text",
        Description = Rdf + "Description";

    /// <summary>Returns a packet with texts besides what it says already. Texts are left out that XML cannot hold, and
    /// all of them if the packet would be too long to be read again.</summary>
    /// <param name="packet">The packet; empty for none.</param>
    /// <param name="text">Keyword → text.</param>
    /// <returns>The packet; null if there is nothing to store.</returns>
    internal static byte[]? Add(ReadOnlySpan<byte> packet, ImmutableDictionary<string, string> text)
    {
        byte[]? unchanged = packet.IsEmpty ? null : packet.ToArray();
        KeyValuePair<string, string>[] stored =
            [.. text.Where(pair => IsXml(pair.Key) && IsXml(pair.Value))
                .OrderBy(pair => pair.Key, StringComparer.Ordinal)];
        XmpPacket? read = packet.IsEmpty ? NewPacket() : XmpPacket.Read(packet);
        if (stored.Length == 0 || read?.Document.Descendants(Rdf + "RDF").FirstOrDefault() is not XElement descriptions)
        {
            return unchanged;
        }

        descriptions.Add(new XElement(
            Description, new XAttribute(Rdf + "about", ""), new XAttribute(XNamespace.Xmlns + "atelier", Own),
            new XElement(Texts, new XElement(Rdf + "Bag", stored.Select(pair => new XElement(
                Rdf + "li", new XAttribute(Rdf + "parseType", "Resource"),
                new XElement(Keyword, pair.Key), new XElement(Text, pair.Value)))))));
        byte[] packed = read.ToBytes();
        return packed.Length <= XmpPacket.MaxLength ? packed : unchanged;
    }

    /// <summary>Takes the texts out of a packet.</summary>
    /// <returns>The texts, and the packet without them; null if it says nothing else.</returns>
    internal static (ImmutableDictionary<string, string> Text, byte[]? Packet) Take(XmpPacket packet)
    {
        ImmutableDictionary<string, string>.Builder texts = ImmutableDictionary.CreateBuilder<string, string>();
        foreach (XElement element in packet.Document.Descendants(Texts).ToList())
        {
            foreach (XElement item in element.Descendants(Rdf + "li"))
            {
                if (Value(item, Keyword) is string keyword && Value(item, Text) is string text) texts[keyword] = text;
            }

            XElement? parent = element.Parent;
            element.Remove();
            if (parent is { HasElements: false } && parent.Name == Description && parent.Attributes().All(
                attribute => attribute.IsNamespaceDeclaration || attribute.Name == Rdf + "about"))
            {
                parent.Remove();
            }
        }

        bool isEmpty = packet.Document.Descendants(Rdf + "RDF").All(descriptions => !descriptions.HasElements);
        return (texts.ToImmutable(), isEmpty ? null : packet.ToBytes());
    }

    /// <summary>Whether a packet has texts.</summary>
    internal static bool IsIn(XmpPacket packet) => packet.Document.Descendants(Texts).Any();

    private static XmpPacket NewPacket() => new(new XDocument(
        new XElement(
            Meta + "xmpmeta", new XAttribute(XNamespace.Xmlns + "x", Meta),
            new XElement(Rdf + "RDF", new XAttribute(XNamespace.Xmlns + "rdf", Rdf)))));

    /// <summary>The value of a property, which other programs may have turned into an attribute.</summary>
    private static string? Value(XElement item, XName name)
        => item.Descendants(name).FirstOrDefault()?.Value
            ?? item.DescendantsAndSelf().Attributes(name).FirstOrDefault()?.Value;

    private static bool IsXml(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) continue;
            if (i + 1 == text.Length || !XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i])) return false;
            i++;
        }

        return true;
    }
}
