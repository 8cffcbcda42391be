namespace Atelier.Engine;

/// <summary>The shape of a feature map.</summary>
/// <param name="Height">Number of rows.</param>
/// <param name="Width">Number of columns.</param>
/// <param name="Channels">Number of channels.</param>
public readonly record struct Shape(int Height, int Width, int Channels)
{
    /// <summary>Number of positions: Height × Width.</summary>
    public long Area => (long)Height * Width;

    /// <summary>Number of values: Height × Width × Channels.</summary>
    public long Count => Area * Channels;

    /// <summary>The size as height x width x channels.</summary>
    public override string ToString() => $"{Height}x{Width}x{Channels}";
}
