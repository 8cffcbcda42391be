using System.Collections.Immutable;

namespace Atelier;

/// <summary>Options that cannot be used; every problem at once.</summary>
public sealed class OptionsException : AtelierException
{
    /// <summary>One or more problems, a sentence each.</summary>
    public OptionsException(IEnumerable<string> problems) : this([.. problems]) { }

    private OptionsException(ImmutableArray<string> problems) : base(string.Join(' ', problems)) => Problems = problems;

    /// <summary>The problems, a sentence each.</summary>
    public ImmutableArray<string> Problems { get; }
}
