namespace Atelier.Imaging;

/// <summary>The converter of this process for profiles of tables. All members are safe for concurrent use.</summary>
public static class ProfileConverters
{
    private static volatile IProfileConverter? _registered;

    /// <summary>The converter; null if none is registered, or if it cannot be used on this machine.</summary>
    internal static IProfileConverter? Available => _registered is { IsAvailable: true } converter ? converter : null;

    /// <summary>Sets the converter for all of this process; the last one counts.</summary>
    public static void Register(IProfileConverter converter)
    {
        ArgumentNullException.ThrowIfNull(converter);
        _registered = converter;
    }
}
