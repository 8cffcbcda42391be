namespace Atelier.Studio.Painting;

/// <summary>Rounds numbers so that they can be read.</summary>
internal static class Significant
{
    // Takes away what the multiplication leaves behind.
    private const int Decimals = 9;

    /// <summary>Rounds a number to significant digits.</summary>
    public static double Round(double value, int digits)
    {
        if (value == 0)
        {
            return 0;
        }

        double unit = Math.Pow(10, Math.Floor(Math.Log10(Math.Abs(value))) - digits + 1);
        return Math.Round(Math.Round(value / unit) * unit, Decimals);
    }
}
