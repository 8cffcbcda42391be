namespace Atelier.Imaging;

/// <summary>The font for labels: ASCII characters on a grid of five by nine dots, drawn as text in the table.
/// </summary>
internal static partial class BitmapFont
{
    internal const int GlyphWidth = 5, GlyphHeight = 9;

    /// <summary>Distance from one character to the next, and from one line to the next.</summary>
    internal const int Advance = GlyphWidth + 1, LineHeight = GlyphHeight + 1;

    private const int GlyphsBesideEachOther = 16;

    private const char First = ' ', Unknown = '\x7f';

    private static readonly string[] Rows = Drawing.Split('\n');

    /// <summary>Whether a dot of a character is set. Characters outside ASCII are drawn as boxes.</summary>
    internal static bool HasInk(char character, int row, int column)
    {
        int index = (character is >= First and < Unknown ? character : Unknown) - First;
        int block = index / GlyphsBesideEachOther, place = index % GlyphsBesideEachOther;
        return Rows[(block * GlyphHeight) + row][(place * Advance) + column] == '#';
    }
}
