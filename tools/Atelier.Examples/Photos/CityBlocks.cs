using System.Numerics;

namespace Atelier.Examples.Photos;

/// <summary>The houses and towers of <see cref="CityRiver"/>: boxes, one to a cell of a street grid, found by walking
/// the grid. Lengths in meters; the river bank is at z = 0, the city behind it.</summary>
internal static class CityBlocks
{
    private const float Cell = 26f, Quay = 5f;
    private const int Columns = 34, Rows = 26;

    /// <summary>Distance, normal and light of the first thing that a ray meets.</summary>
    public readonly record struct Hit(float Distance, Vector3 Normal, Vector3 Color, Vector3 Glow);

    public static Hit? Find(Vector3 origin, Vector3 direction, float far)
    {
        Hit? best = Ground(origin, direction, far);
        float nearest = best?.Distance ?? far;
        // Enter the grid where the ray reaches the bank.
        float t = origin.Z < 0f ? -origin.Z / direction.Z : 0f;
        if (direction.Z <= 0f && origin.Z < 0f)
        {
            return best;
        }

        Vector3 place = origin + (direction * (t + 0.001f));
        int column = (int)MathF.Floor(place.X / Cell), row = (int)MathF.Floor(place.Z / Cell);
        for (int step = 0; step < 90 && t < nearest && Math.Abs(column) <= Columns && row is >= 0 and < Rows; step++)
        {
            if (Building(column, row, origin, direction) is Hit hit && hit.Distance < nearest)
            {
                return hit;
            }

            float toX = direction.X == 0f ? far : (((direction.X > 0f ? column + 1 : column) * Cell)
                - origin.X) / direction.X;
            float toZ = direction.Z == 0f ? far : (((direction.Z > 0f ? row + 1 : row) * Cell)
                - origin.Z) / direction.Z;
            (t, column, row) = toX < toZ
                ? (toX, column + MathF.Sign(direction.X), row) : (toZ, column, row + MathF.Sign(direction.Z));
        }

        return best;
    }

    private static Hit? Ground(Vector3 origin, Vector3 direction, float far)
    {
        // The quay wall faces the river; behind it lies the street.
        float wall = direction.Z > 0f ? -origin.Z / direction.Z : far;
        Vector3 foot = origin + (direction * wall);
        if (wall > 0f && wall < far && foot.Y is > -1f and < Quay)
        {
            float course = MathF.Floor(foot.Y / 0.9f),
                stone = Noise.Unit((int)MathF.Floor((foot.X / 2.2f) + (course * 0.5f)), (int)course, 3);
            Vector3 color = Palette.Light(0x6E665C) * (0.6f + (0.5f * stone)) * Noise.Step(-0.5f, 1.5f, foot.Y);
            // Street lamps wash the top of the wall.
            float lamp = MathF.Exp(-MathF.Pow(((MathF.Abs(foot.X + 4000f) % 24f) - 12f) / 5f, 2f));
            return new Hit(wall, -Vector3.UnitZ, color,
                color * new Vector3(1.5f, 0.85f, 0.35f) * (lamp * foot.Y / Quay));
        }

        float street = direction.Y < 0f ? (Quay - origin.Y) / direction.Y : far;
        Vector3 place = origin + (direction * street);
        return street > 0f && street < far && place.Z > 0f
            ? new Hit(street, Vector3.UnitY, Palette.Light(0x4A4642), new Vector3(0.30f, 0.17f, 0.07f)) : null;
    }

    private static Hit? Building(int column, int row, Vector3 origin, Vector3 direction)
    {
        float lot = Noise.Unit(column, row, 11);
        if (row == 0 && lot < 0.06f)
        {
            return null;
        }

        float towards = MathF.Exp(-MathF.Pow(((column * Cell) + 95f) / 190f, 2f)) * Noise.Step(2f, 9f, row);
        float height = 13f + (13f * Noise.Unit(column, row, 12)) + (row * 1.2f)
            + (towards * 135f * MathF.Pow(Noise.Unit(column, row, 13), 1.6f));
        float gap = row == 0 ? 0.3f : 1.5f + (2.5f * Noise.Unit(column, row, 14));
        Vector3 low = new((column * Cell) + gap, Quay, (row * Cell) + (row == 0 ? 9f : gap));
        Vector3 high = new(((column + 1) * Cell) - gap, Quay + height, ((row + 1) * Cell) - gap);
        Hit? body = Facade(low, high, origin, direction, (column * 131) + row, glassy: height > 62f);
        if (height <= 62f)
        {
            return row < 5 ? Closer(body, Roof(low, high, origin, direction, column, row)) : body;
        }

        // Towers step back near the top and end in a mast.
        Vector3 inset = new((high.X - low.X) * 0.2f, 0f, (high.Z - low.Z) * 0.2f);
        Vector3 crown = new(high.X - inset.X, high.Y + (height * 0.16f), high.Z - inset.Z);
        Hit? top = Facade(low + inset with { Y = height }, crown, origin, direction, (column * 137) + row,
            glassy: true);
        Vector3 axis = (low + high) / 2f;
        Vector3 mastLow = axis with { Y = crown.Y } - new Vector3(0.5f, 0f, 0.5f),
            mastHigh = axis with { Y = crown.Y + (height * 0.2f) } + new Vector3(0.5f, 0f, 0.5f);
        Hit? mast = Box(mastLow, mastHigh, origin, direction) is (float t, Vector3 normal)
            ? new Hit(t, normal, new Vector3(0.08f), Vector3.Zero) : null;
        return Closer(Closer(body, top), mast);
    }

    private static Hit? Closer(Hit? a, Hit? b)
        => a is null ? b : b is null || a.Value.Distance < b.Value.Distance ? a : b;

    /// <summary>A hipped roof: the wedge between two sloping planes over the box.</summary>
    private static Hit? Roof(Vector3 low, Vector3 high, Vector3 origin, Vector3 direction, int column, int row)
    {
        float rise = 5f + (3f * Noise.Unit(column, row, 15)), middle = (low.Z + high.Z) / 2f;
        Vector3 normal = Vector3.Normalize(new Vector3(0f, middle - low.Z, -rise));
        Vector3 eaves = new(low.X, high.Y, low.Z - 0.4f);
        float t = Vector3.Dot(eaves - origin, normal) / Vector3.Dot(direction, normal);
        Vector3 place = origin + (direction * t);
        float up = (place.Y - high.Y) / rise;
        float inset = up * 3f;
        if (t <= 0f || up is < 0f or > 1f || place.X < low.X - 0.3f + inset || place.X > high.X + 0.3f - inset)
        {
            return null;
        }

        Vector3 slate = Vector3.Lerp(Palette.Light(0x4A5560), Palette.Light(0x8A4A36),
            Noise.Step(0.45f, 0.55f, Noise.Unit(column, row, 16)));
        float dormer = MathF.Abs((((place.X - low.X) / 4.2f) % 1f) - 0.5f);
        bool window = dormer < 0.17f && up is > 0.25f and < 0.5f;
        float lit = window && Noise.Unit((int)((place.X - low.X) / 4.2f), column, 17) < 0.5f ? 1f : 0f;
        float tile = 0.85f + (0.25f * MathF.Sin(place.Y * 9f)) + (0.3f * Noise.Gradient(place.X, place.Y * 3f, 18));
        return new Hit(t, normal, window ? new Vector3(0.05f) : slate * tile, new Vector3(2.4f, 1.35f, 0.5f) * lit);
    }

    private static Hit? Facade(Vector3 low, Vector3 high, Vector3 origin, Vector3 direction, int seed, bool glassy)
    {
        if (Box(low, high, origin, direction) is not (float t, Vector3 normal))
        {
            return null;
        }

        Vector3 place = origin + (direction * t);
        Vector3 wall = glassy ? Vector3.Lerp(Palette.Light(0x2E3C4E), Palette.Light(0x5A5560), Noise.Unit(seed, 1, 21))
            : new Palette(0xB89A78, 0xC8B090, 0xA87858, 0xD2C4AC, 0x9A8A80, 0xB0684C).At(Noise.Unit(seed, 2, 21));
        wall = glassy ? wall : wall * wall;
        if (normal.Y > 0.5f)
        {
            return new Hit(t, normal, wall * 0.6f, Vector3.Zero);
        }

        float across = normal.X != 0f ? place.Z : place.X, story = glassy ? 3.6f : 3.9f, pitch = glassy ? 2.1f : 2.7f;
        float u = (across - (normal.X != 0f ? low.Z : low.X)) / pitch, v = (place.Y - low.Y) / story;
        int window = (int)MathF.Floor(u), floor = (int)MathF.Floor(v);
        float du = MathF.Abs(u - window - 0.5f), dv = MathF.Abs(v - floor - 0.5f);
        bool pane = glassy ? du < 0.42f && dv < 0.36f : du < 0.24f && dv < 0.33f && MathF.Abs(du - 0.02f) > 0.015f;
        int side = seed + (normal.X != 0f ? 7 : 0);
        float chance = Noise.Unit((window * 64) + floor, side, 22)
            + (glassy ? 0.25f * Noise.Unit(floor, side, 24) : 0f);
        Vector3 lamp = Vector3.Lerp(new Vector3(2.6f, 1.3f, 0.42f), new Vector3(2.1f, 1.75f, 1.15f),
            Noise.Unit(window, floor + side, 23));
        bool shop = !glassy && floor == 0;
        float light = shop ? 0.8f : chance < 0.36f ? 0.2f + (1.9f * chance) : 0.02f;
        bool sill = dv is > 0.45f && !glassy;
        float dirt = 0.85f + (0.25f * Noise.Fbm(across / 4f, place.Y / 9f, 3, 25));
        Vector3 streetLight = wall * new Vector3(0.9f, 0.5f, 0.2f) * MathF.Exp(-(place.Y - low.Y) / 7f) * 0.9f;
        return pane
            ? new Hit(t, normal, new Vector3(0.10f, 0.13f, 0.17f), lamp * light)
            : new Hit(t, normal, wall * dirt * (sill ? 1.25f : 1f), streetLight);
    }

    private static (float Distance, Vector3 Normal)? Box(Vector3 low, Vector3 high, Vector3 origin, Vector3 direction)
    {
        Vector3 a = (low - origin) / direction, b = (high - origin) / direction;
        Vector3 enter = Vector3.Min(a, b), leave = Vector3.Max(a, b);
        float t = Math.Max(enter.X, Math.Max(enter.Y, enter.Z));
        if (t < 0.01f || t > Math.Min(leave.X, Math.Min(leave.Y, leave.Z)))
        {
            return null;
        }

        Vector3 normal = t == enter.X ? new Vector3(-MathF.Sign(direction.X), 0f, 0f)
            : t == enter.Y ? new Vector3(0f, -MathF.Sign(direction.Y), 0f)
                : new Vector3(0f, 0f, -MathF.Sign(direction.Z));
        return (t, normal);
    }
}
