namespace Atelier.Flow;

/// <summary>Where each pixel of one picture is seen in another: what is at (x, y) in the first is at (x + X, y + Y) in
/// the second, in pixels. Both planes are Height × Width.</summary>
internal sealed record FlowField(int Height, int Width, float[] X, float[] Y);
