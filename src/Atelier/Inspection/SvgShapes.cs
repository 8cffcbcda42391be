using System.Globalization;
using System.Xml;

namespace Atelier.Inspection;

/// <summary>The few shapes that a plot is made of.</summary>
internal static class SvgShapes
{
    internal static void Element(
        XmlWriter svg, string name, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        svg.WriteStartElement(name);
        WriteAttributes(svg, attributes);
        svg.WriteEndElement();
    }

    /// <summary>A text whose color a style may change by its class.</summary>
    internal static void Text(
        XmlWriter svg, double x, double y, string kind, string text,
        params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        svg.WriteStartElement("text");
        string color = kind == "print" ? "#1f2328" : "#5c636d";
        WriteAttributes(svg, [("class", kind), ("fill", color), ("x", x), ("y", y), .. attributes]);
        svg.WriteString(text);
        svg.WriteEndElement();
    }

    internal static void Line(
        XmlWriter svg, string kind, string color, double fromX, double fromY, double toX, double toY,
        params ReadOnlySpan<(string Name, object Value)> attributes)
        => Element(svg, "line",
        [
            ("class", kind), ("stroke", color), ("x1", fromX), ("y1", fromY), ("x2", toX), ("y2", toY), .. attributes,
        ]);

    private static void WriteAttributes(XmlWriter svg, ReadOnlySpan<(string Name, object Value)> attributes)
    {
        foreach ((string name, object value) in attributes)
            svg.WriteAttributeString(name, string.Format(CultureInfo.InvariantCulture, "{0:0.##}", value));
    }
}
