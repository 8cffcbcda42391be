namespace Atelier.Imaging.Codecs.Png;

/// <summary>One chunk of a PNG file.</summary>
/// <param name="type">Four letters.</param>
/// <param name="data">What the chunk holds.</param>
/// <param name="isIntact">Whether the checksum is right.</param>
internal readonly ref struct PngChunk(string type, ReadOnlySpan<byte> data, bool isIntact)
{
    /// <summary>Four letters, as in "IDAT".</summary>
    public string Type { get; } = type;

    /// <summary>What the chunk holds.</summary>
    public ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>Whether the checksum is right.</summary>
    public bool IsIntact { get; } = isIntact;

    /// <summary>Whether the picture cannot be shown without understanding the chunk:
    /// its first letter is a capital.</summary>
    public bool IsCritical => char.IsAsciiLetterUpper(Type[0]);
}
