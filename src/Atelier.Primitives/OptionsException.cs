using System.Collections.Immutable;

namespace Atelier;

/// <summary>Thrown for invalid options; reports every problem at once.</summary>
public sealed class OptionsException : AtelierException
{
    /// <summary>Creates an exception for one or more problems; the message contains a sentence for each.</summary>
    public OptionsException(params IEnumerable<Problem> problems) : this([.. problems]) { }

    private OptionsException(ImmutableArray<Problem> problems)
        : base(string.Join(' ', problems))
        => Problems = problems;

    /// <summary>The problems.</summary>
    public ImmutableArray<Problem> Problems { get; }
}
