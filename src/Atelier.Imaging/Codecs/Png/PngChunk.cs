namespace Atelier.Imaging.Codecs.Png;

/// <summary>One chunk of a PNG file.</summary>
/// <param name="type">Four letters.</param>
/// <param name="data">The contents of the chunk.</param>
/// <param name="isIntact">Whether the checksum is correct.</param>
/// <param name="isCutOff">Whether the file ends within the chunk.</param>
internal readonly ref struct PngChunk(string type, ReadOnlySpan<byte> data, bool isIntact, bool isCutOff = false)
{
    /// <summary>The type: four letters, such as "IDAT".</summary>
    public string Type { get; } = type;

    /// <summary>The contents of the chunk.</summary>
    public ReadOnlySpan<byte> Data { get; } = data;

    /// <summary>Whether the checksum is correct.</summary>
    public bool IsIntact { get; } = isIntact;

    /// <summary>Whether the file ends within the chunk, so that only the beginning of its contents is there.</summary>
    public bool IsCutOff { get; } = isCutOff;

    /// <summary>Whether the picture cannot be shown without understanding the chunk: its first letter is
    /// upper-case.</summary>
    public bool IsCritical => char.IsAsciiLetterUpper(Type[0]);
}
