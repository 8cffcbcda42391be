using System.Collections.Immutable;

namespace Atelier.Studio.Inside;

/// <summary>The pictures that a figure is about.</summary>
/// <param name="Photograph">The photograph; null for a texture.</param>
/// <param name="Artworks">The artworks; empty if there is only content.</param>
public sealed record FigurePair(Subject? Photograph, ImmutableArray<Subject> Artworks);

/// <summary>A figure of small paintings: what they are about, how they can be changed, and what is shown.</summary>
/// <param name="Pictures">The pictures at first.</param>
/// <param name="Controls">What can be changed.</param>
/// <param name="Plans">What is painted, for each panel, with some pictures and values.</param>
public sealed record FigureDesign(
    FigurePair Pictures, ImmutableArray<Control> Controls,
    Func<FigurePair, ControlValues, ImmutableArray<PanelPlan>> Plans)
{
    /// <summary>Whether the losses are shown as curves over the time that each painting has had.</summary>
    public bool ShowsCurves { get; init; }

    /// <summary>Whether the parts of the loss are shown.</summary>
    public bool ShowsTerms { get; init; }

    /// <summary>Whether the guide is shown.</summary>
    public bool ShowsGuide { get; init; }

    /// <summary>Whether the pictures can be replaced by others.</summary>
    public bool TakesOtherPictures { get; init; } = true;
}

/// <summary>What a lesson shows.</summary>
public enum LessonKind
{
    /// <summary>Small paintings.</summary>
    Painting,

    /// <summary>Feature maps and receptive fields.</summary>
    Features,

    /// <summary>Gram matrices, beside a small painting.</summary>
    Gram,
}

/// <summary>A step of the tutorial as a page. Its texts have its name.</summary>
/// <param name="Number">Its number, from 1.</param>
/// <param name="Name">The name, in addresses, texts and the tutorial.</param>
/// <param name="Design">Its figure; the features have only pictures.</param>
public sealed record Lesson(int Number, string Name, FigureDesign Design)
{
    /// <summary>What it shows.</summary>
    public LessonKind Kind { get; init; }

    /// <summary>The address of its page.</summary>
    public string Address => $"inside/{Name}";

    /// <summary>The page of the tutorial on which it is based, in the repository.</summary>
    public string Document => $"docs/tutorial/{Number:00}-{Name}.md";

    /// <summary>The program of that page.</summary>
    public string Program => $"docs/tutorial/{Number:00}-{Name}.cs";
}
