namespace Atelier.Engine;

/// <summary>Size of a feature map.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">Channels.</param>
public readonly record struct Shape(int Height, int Width, int Channels)
{
    /// <summary>Positions: Height × Width.</summary>
    public long Area => (long)Height * Width;

    /// <summary>Values: Height × Width × Channels.</summary>
    public long Count => Area * Channels;

    /// <summary>The size as height x width x channels.</summary>
    public override string ToString() => $"{Height}x{Width}x{Channels}";
}
