using System.Text;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>The texts of a picture in the comments of a JPEG file: "keyword: text" in UTF-8, or any other text, whose
/// keyword is "Comment".</summary>
internal static class JpegComment
{
    private const string PlainKeyword = "Comment", Separator = ": ";
    private const int MaxKeyword = 79;

    /// <summary>Reads a comment.</summary>
    internal static (string Keyword, string Text) Read(ReadOnlySpan<byte> segment)
    {
        string comment = Decode(segment.TrimEnd((byte)0));
        int end = comment.IndexOf(Separator, StringComparison.Ordinal);
        return end is > 0 and <= MaxKeyword && !comment.AsSpan(0, end).ContainsAny('\n', '\r')
            ? (comment[..end], comment[(end + Separator.Length)..])
            : (PlainKeyword, comment);
    }

    /// <summary>Returns the contents of a comment.</summary>
    internal static byte[] Write(string keyword, string text)
        => Encoding.UTF8.GetBytes(keyword == PlainKeyword ? text : $"{keyword}{Separator}{text}");

    private static string Decode(ReadOnlySpan<byte> bytes)
        => (System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8 : Encoding.Latin1).GetString(bytes);
}
