using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Xml;
using Atelier.Losses;
using static Atelier.Inspection.SvgShapes;

namespace Atelier.Inspection;

/// <summary>A plot of the terms of the objective over the iterations of a run, as an SVG: iterations on the horizontal
/// axis, values on a logarithmic vertical axis, and a line where each scale begins.</summary>
public sealed record LossPlot
{
    /// <summary>An attribute that marks the SVG as one of the product's own figures.</summary>
    public const string Mark = "data-made-by=\"Atelier\"";

    private const int Width = 1080, Height = 600, Left = 90, Right = 260, Top = 92, Bottom = 64;
    private const int PlotWidth = Width - Left - Right, PlotHeight = Height - Top - Bottom;
    private const string SvgNamespace = "http://www.w3.org/2000/svg", Total = "total";

    /// <summary>Title of the plot.</summary>
    public required string Title { get; init; }

    /// <summary>The loss history of each scale.</summary>
    public required ImmutableArray<ScaleReport> Scales { get; init; }

    private int Steps => Scales.Sum(scale => scale.Losses.Length);

    /// <summary>Draws the figure.</summary>
    /// <returns>The text of an SVG file.</returns>
    /// <exception cref="ArgumentException">There is no iteration, or no value above 0.</exception>
    public string Draw()
    {
        ImmutableArray<LossCurve> curves = Curves();
        double[] values = [.. curves.SelectMany(curve => curve.Points).Select(point => point.Value)];
        if (values.Length == 0)
        {
            throw new ArgumentException("A loss plot needs an iteration with a value above 0.");
        }

        // The axis is chosen for where the terms end; a term that starts close to zero enters from below.
        double least = curves.Min(curve => curve.Last) / 4;
        LogAxis axis = LogAxis.Around(Math.Max(values.Min(), least), values.Max());
        StringBuilder text = new();
        XmlWriterSettings settings = new() { Indent = true, OmitXmlDeclaration = true };
        using (XmlWriter svg = XmlWriter.Create(text, settings))
        {
            WriteHead(svg, curves);
            WriteValueAxis(svg, axis);
            WriteIterationAxis(svg);
            WriteSizes(svg);
            WriteCurves(svg, curves, axis);
            WriteLegend(svg, curves);
            svg.WriteEndElement();
        }

        return text.Append('\n').ToString();
    }

    /// <summary>The total, then the terms, ordered by their final value.</summary>
    private ImmutableArray<LossCurve> Curves()
    {
        IEnumerable<string> names = Scales.SelectMany(scale => scale.Terms).Select(term => term.Name).Distinct();
        LossCurve total = LossCurve.Create(Total, Scales, scale => scale.Losses);
        IEnumerable<LossCurve> terms = names.Select(name => LossCurve.Create(
            name, Scales, scale => scale.Terms.FirstOrDefault(term => term.Name == name)?.Values ?? []));
        LossCurve[] curves = [total, .. terms.OrderByDescending(term => term.Last)];
        return [.. curves.Where(curve => !curve.Points.IsEmpty)];
    }

    private void WriteHead(XmlWriter svg, ImmutableArray<LossCurve> curves)
    {
        svg.WriteStartElement("svg", SvgNamespace);
        svg.WriteAttributeString("viewBox", $"0 0 {Width} {Height}");
        svg.WriteAttributeString("width", $"{Width}");
        svg.WriteAttributeString("height", $"{Height}");
        svg.WriteAttributeString("role", "img");
        svg.WriteAttributeString("aria-labelledby", "title desc");
        svg.WriteAttributeString("font-family", "Segoe UI, Helvetica, Arial, sans-serif");
        svg.WriteAttributeString("font-size", "14");
        string[] mark = Mark.Split('=');
        svg.WriteAttributeString(mark[0], mark[1].Trim('"'));
        WriteNamed(svg, "title", Title);
        WriteNamed(svg, "desc", Invariant(
            $"{Steps} iterations at {Scales.Length} {(Scales.Length == 1 ? "scale" : "scales")}. Final values: ") +
            string.Join(", ", curves.Select(curve => Invariant($"{curve.Name} {curve.Last:G3}"))) + ".");
        svg.WriteElementString("style", SvgNamespace, """

            @media (prefers-color-scheme: dark) {
              .paper { fill: #16181d } .print { fill: #e8e8e8 } .soft { fill: #a5a9b2 }
              .grid { stroke: #30343c } .edge { stroke: #7d828c } .total { stroke: #e8e8e8 }
            }

            """);
        Element(svg, "rect", ("class", "paper"), ("width", Width), ("height", Height), ("fill", "#ffffff"));
        Text(svg, Left, 34, "print", Title, ("font-size", 19), ("font-weight", "600"));
    }

    private static void WriteValueAxis(XmlWriter svg, LogAxis axis)
    {
        foreach (double tick in axis.Ticks)
        {
            double y = YOf(axis, tick);
            Line(svg, "grid", "#e3e5e8", Left, y, Left + PlotWidth, y);
            Text(svg, Left - 10, y + 5, "soft", LogAxis.Label(tick), ("text-anchor", "end"));
        }

        double middle = Top + (PlotHeight / 2.0);
        Text(svg, 0, 0, "print", "weighted loss (log scale)", ("text-anchor", "middle"),
            ("transform", Invariant($"translate(24 {middle}) rotate(-90)")));
    }

    private void WriteIterationAxis(XmlWriter svg)
    {
        double bottom = Top + PlotHeight;
        int unit = LogAxis.RoundUnit(Steps / 8.0);
        for (int step = 0; step <= Steps; step += unit)
        {
            Line(svg, "edge", "#8a8f98", XOf(step), bottom, XOf(step), bottom + 5);
            Text(svg, XOf(step), bottom + 22, "soft", Invariant($"{step}"), ("text-anchor", "middle"));
        }

        Line(svg, "edge", "#8a8f98", Left, bottom, Left + PlotWidth, bottom);
        Text(svg, Left + (PlotWidth / 2.0), bottom + 48, "print", "iteration", ("text-anchor", "middle"));
    }

    /// <summary>Draws a line where each scale begins, labeled with its size.</summary>
    private void WriteSizes(XmlWriter svg)
    {
        int first = 0;
        foreach (ScaleReport scale in Scales)
        {
            double left = XOf(first), right = XOf(first + scale.Losses.Length);
            if (first > 0)
            {
                Line(svg, "edge", "#8a8f98", left, Top - 8, left, Top + PlotHeight, ("stroke-dasharray", "3 4"));
            }

            // A size of few steps has room for one of its sides only.
            string size = Invariant($"{scale.Width} × {scale.Height}");
            string shown = right - left >= 9 * size.Length ? size : Invariant($"{scale.Width}");
            Text(svg, (left + right) / 2, Top - 14, "soft", shown, ("text-anchor", "middle"), ("font-size", 13));
            first += scale.Losses.Length;
        }
    }

    private void WriteCurves(XmlWriter svg, ImmutableArray<LossCurve> curves, LogAxis axis)
    {
        svg.WriteStartElement("clipPath");
        svg.WriteAttributeString("id", "plot");
        Element(svg, "rect", ("x", Left), ("y", Top - 4), ("width", PlotWidth + 4), ("height", PlotHeight + 4));
        svg.WriteEndElement();
        svg.WriteStartElement("g");
        svg.WriteAttributeString("clip-path", "url(#plot)");
        svg.WriteAttributeString("fill", "none");
        svg.WriteAttributeString("stroke-linejoin", "round");

        // The sum lies on top of its terms.
        foreach ((int i, LossCurve curve) in curves.Index().Reverse())
        {
            svg.WriteStartElement("path");
            WritePen(svg, i);
            svg.WriteAttributeString("d", PathOf(curve, axis));
            svg.WriteElementString("title", SvgNamespace, curve.Name);
            svg.WriteEndElement();
        }

        svg.WriteEndElement();
    }

    private static void WriteLegend(XmlWriter svg, ImmutableArray<LossCurve> curves)
    {
        const int Start = Left + PlotWidth + 28;
        double pitch = Math.Min(24, (double)PlotHeight / curves.Length);
        Text(svg, Width - 20, Top - 14, "soft", "at the end", ("text-anchor", "end"), ("font-size", 13));
        foreach ((int i, LossCurve curve) in curves.Index())
        {
            double y = Top + 12 + (i * pitch);
            svg.WriteStartElement("path");
            WritePen(svg, i);
            svg.WriteAttributeString("d", Invariant($"M{Start} {y:0.#}h26"));
            svg.WriteEndElement();
            Text(svg, Start + 36, y + 5, "print", curve.Name);
            Text(svg, Width - 20, y + 5, "soft", Invariant($"{curve.Last:G3}"), ("text-anchor", "end"));
        }
    }

    /// <summary>Writes the color and dash pattern of a curve; the total, curve 0, is wide and in the text
    /// color.</summary>
    private static void WritePen(XmlWriter svg, int curve)
    {
        // Tol's bright colors, which are color-blind safe and visible on white and on black.
        string[] colors = ["#4477aa", "#ee6677", "#228833", "#ccbb44", "#66ccee", "#aa3377"];
        string[] dashes = ["", "7 4", "2 3"];
        int term = curve - 1;
        svg.WriteAttributeString("class", curve == 0 ? "total" : "term");
        svg.WriteAttributeString("stroke", curve == 0 ? "#1f2328" : colors[term % colors.Length]);
        svg.WriteAttributeString("stroke-width", curve == 0 ? "2.5" : "1.8");
        if (curve > colors.Length)
        {
            svg.WriteAttributeString("stroke-dasharray", dashes[term / colors.Length % dashes.Length]);
        }
    }

    /// <summary>A line through the points, broken where a new size begins or a value is missing.</summary>
    private string PathOf(LossCurve curve, LogAxis axis)
    {
        StringBuilder path = new();
        int last = -1;
        HashSet<int> beginnings = [.. Scales.Select((_, i) => Scales.Take(i).Sum(scale => scale.Losses.Length))];
        foreach ((int step, double value) in curve.Points)
        {
            char pen = step == last + 1 && !beginnings.Contains(step) && last >= 0 ? 'L' : 'M';
            path.Append(CultureInfo.InvariantCulture, $"{pen}{XOf(step + 0.5):0.##} {YOf(axis, value):0.##}");
            last = step;
        }

        return path.ToString();
    }

    private double XOf(double step) => Left + (PlotWidth * step / Steps);

    private static double YOf(LogAxis axis, double value) => Top + (PlotHeight * (1 - axis.PlaceOf(value)));

    /// <summary>A text about the whole drawing, to which its description refers by name.</summary>
    private static void WriteNamed(XmlWriter svg, string element, string text)
    {
        svg.WriteStartElement(element);
        svg.WriteAttributeString("id", element);
        svg.WriteString(text);
        svg.WriteEndElement();
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
