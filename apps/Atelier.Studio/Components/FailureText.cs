using Atelier.Workshop;

namespace Atelier.Studio.Components;

/// <summary>Failures as texts of pages.</summary>
internal static class FailureText
{
    /// <summary>What happened, and what to do next if that is known.</summary>
    public static string Of(Exception error)
    {
        Failure failure = Failure.FromException(error);
        return $"{failure.Message} {failure.Remedy}".Trim();
    }
}
