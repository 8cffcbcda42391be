using System.Numerics;
using Atelier.Examples.Photos;
using Atelier.Video;

namespace Atelier.Examples.Clips;

/// <summary>A clip: a slow pan over the mountain lake, with a striped balloon that rises in front of it and hides and
/// uncovers the mountains.</summary>
internal static class Balloon
{
    private const int Frames = 30, Width = 240, Height = 150;
    private const int TicksOfFrame = 8;

    // Pixels of the photograph for each of the clip, which is the average of so many samples.
    private const float Zoom = 2.6f;
    private const int Samples = 3;

    private static readonly VideoFormat Format =
        new(Width, Height, new Rational(1, 100), new Rational(100, TicksOfFrame));

    public static void Draw(string path)
    {
        Canvas lake = MountainLake.Draw();
        using GifSink sink = new(path, Format);
        for (int i = 0; i < Frames; i++)
        {
            float time = i / (float)(Frames - 1);
            Vector2 corner = new(time * (lake.Width - (Width * Zoom)), (lake.Height - (Height * Zoom)) * 0.35f);
            Vector2 balloon = new(Width * (0.7f - (0.25f * time)), Height * (0.75f - (0.4f * time)));
            Canvas frame = Canvas.Paint(Width, Height, (x, y) => Pixel(lake, corner, balloon, x, y));
            sink.Write(new VideoFrame(frame.ToPicture(), i * TicksOfFrame, TicksOfFrame));
        }

        sink.Complete();
    }

    private static Vector3 Pixel(Canvas lake, Vector2 corner, Vector2 balloon, int x, int y)
    {
        Vector3 sum = Vector3.Zero;
        for (int i = 0; i < Samples * Samples; i++)
        {
            Vector2 place = new(x + ((i % Samples) + 0.5f) / Samples, y + ((i / Samples) + 0.5f) / Samples);
            Vector2 there = corner + (place * Zoom);
            sum += BalloonAt(place - balloon) ?? lake.Sample(there.X, there.Y);
        }

        return sum / (Samples * Samples);
    }

    /// <summary>The color of the balloon beside its middle; null beyond it.</summary>
    private static Vector3? BalloonAt(Vector2 place)
    {
        const float Radius = 21;
        const int Stripes = 7;
        Vector2 basket = Vector2.Abs(place - new Vector2(0, 1.65f * Radius));
        if (basket.X < 4 && basket.Y < 3)
        {
            return new Vector3(0.3f, 0.18f, 0.08f);
        }

        // Round above, drawn together below.
        float narrowing = place.Y > 0 ? 1 - (0.35f * place.Y / Radius) : 1;
        float across = place.X / (Radius * Math.Max(0.2f, narrowing)), down = place.Y / (1.25f * Radius);
        if ((across * across) + (down * down) > 1)
        {
            return null;
        }

        int stripe = (int)MathF.Floor((across + 1) / 2 * Stripes);
        Vector3 color = stripe % 2 == 0 ? new Vector3(0.85f, 0.2f, 0.12f) : new Vector3(0.97f, 0.85f, 0.5f);
        return color * (1 - (0.45f * Math.Max(0, across)) - (0.2f * Math.Max(0, down)));
    }
}
