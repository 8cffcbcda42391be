using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace Atelier.Imaging.Metadata;

/// <summary>An XMP packet: properties of a picture in RDF.</summary>
internal sealed class XmpPacket
{
    /// <summary>Longer packets are not read.</summary>
    internal const int MaxLength = 1 << 20;

    private static readonly XNamespace Tiff = "http://ns.adobe.com/tiff/1.0/", Exif = "http://ns.adobe.com/exif/1.0/",
        Basic = "http://ns.adobe.com/xap/1.0/";

    internal XmpPacket(XDocument document) => Document = document;

    /// <summary>The packet as XML.</summary>
    internal XDocument Document { get; }

    /// <summary>The orientation of the stored picture; null if the packet does not say.</summary>
    internal Orientation? Orientation
        => int.TryParse(
            Values(Tiff + "Orientation").FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture,
            out int value)
                ? OrientationExtensions.FromNumber(value)
                : null;

    /// <summary>Reads a packet.</summary>
    /// <returns>Null if it is not XML, or too long.</returns>
    internal static XmpPacket? Read(ReadOnlySpan<byte> packet)
    {
        if (packet.Length > MaxLength)
        {
            return null;
        }

        try
        {
            XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null };
            using MemoryStream stream = new(packet.TrimEnd("\0 \r\n"u8).ToArray());
            using XmlReader reader = XmlReader.Create(stream, settings);
            return new XmpPacket(XDocument.Load(reader));
        }
        catch (Exception error) when (error is XmlException or ArgumentException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Returns the packet for a picture whose pixels are upright: without orientation and thumbnails, with its
    /// size, and without the position unless it is kept.</summary>
    internal static byte[]? Made(ReadOnlySpan<byte> packet, int width, int height, bool keepsLocation)
        => Read(packet)?.Make(width, height, keepsLocation);

    /// <summary>Returns the packet as it is stored.</summary>
    internal byte[] ToBytes()
    {
        using MemoryStream stream = new();
        XmlWriterSettings settings = new()
        {
            Encoding = new UTF8Encoding(false),
            OmitXmlDeclaration = true,
            ConformanceLevel = ConformanceLevel.Auto,
            NewLineHandling = NewLineHandling.Entitize,
        };
        using (XmlWriter writer = XmlWriter.Create(stream, settings)) Document.Save(writer);
        return stream.ToArray();
    }

    private byte[] Make(int width, int height, bool keepsLocation)
    {
        Set(Tiff + "Orientation", (int)Imaging.Orientation.Normal);
        Set(Tiff + "ImageWidth", width);
        Set(Tiff + "ImageLength", height);
        Set(Exif + "PixelXDimension", width);
        Set(Exif + "PixelYDimension", height);
        Remove(name => name == Basic + "Thumbnails");
        if (!keepsLocation)
        {
            Remove(name => name.Namespace == Exif && name.LocalName.StartsWith("GPS", StringComparison.Ordinal));
        }

        return ToBytes();
    }

    /// <summary>The values of a property, which is written as an attribute or as an element.</summary>
    private IEnumerable<string> Values(XName name)
        => Document.Descendants().Attributes(name).Select(attribute => attribute.Value)
            .Concat(Document.Descendants(name).Select(element => element.Value));

    private void Set(XName name, int value)
    {
        foreach (XAttribute attribute in Document.Descendants().Attributes(name)) attribute.SetValue(value);
        foreach (XElement element in Document.Descendants(name).ToList()) element.SetValue(value);
    }

    private void Remove(Func<XName, bool> isRemoved)
    {
        Document.Descendants().Attributes().Where(attribute => isRemoved(attribute.Name)).Remove();
        Document.Descendants().Where(element => isRemoved(element.Name)).Remove();
    }
}
