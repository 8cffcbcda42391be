using Atelier.Workshop;

namespace Atelier.Studio.Components;

/// <summary>Failures as texts of pages.</summary>
internal static class FailureText
{
    /// <summary>What happened, and what to do next if that is known.</summary>
    public static string Of(Failure failure)
    {
        string? remedy = failure.Remedy?.TrimEnd('.');
        return string.IsNullOrEmpty(remedy)
            ? failure.Message
            : $"{failure.Message} {char.ToUpperInvariant(remedy[0])}{remedy[1..]}.";
    }

    /// <inheritdoc cref="Of(Failure)"/>
    public static string Of(Exception error) => Of(Failure.FromException(error));
}
