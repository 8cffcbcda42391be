using System.Collections.Immutable;
using Atelier.Options;

namespace Atelier.Recipes;

/// <summary>A change that was made while the picture was painted.</summary>
/// <param name="AfterIteration">Number of iterations of the whole run after which it took effect, 0 or more.</param>
/// <param name="Options">The changed options by name, such as <c>content-weight</c>, with their values as on the
/// command line.</param>
public sealed record RecipeChange(int AfterIteration, ImmutableSortedDictionary<string, string> Options)
{
    /// <summary>All masks and regions from then on; null keeps them.</summary>
    public RecipeMasks? Masks { get; init; }

    /// <summary>Creates the record of a change.</summary>
    public static RecipeChange Create(int afterIteration, StylizeOptions before, StylizeOptions after)
        => new(afterIteration, StylizeOptionTable.All.Where(option => !option.AreEqual(before, after))
            .ToImmutableSortedDictionary(option => option.Name, option => option.Show(after), StringComparer.Ordinal));

    /// <summary>Returns options with the change.</summary>
    /// <exception cref="AtelierException">There is no such option, or a value is none of it.</exception>
    public StylizeOptions Apply(StylizeOptions options)
    {
        foreach ((string name, string value) in Options)
        {
            OptionDefinition<StylizeOptions> option =
                StylizeOptionTable.All.FirstOrDefault(option => option.Name == name)
                ?? throw new AtelierException(
                    $"recipe: changes: there is no option '{name}'; write names as on the command line.");
            try
            {
                options = option.Change(options, value);
            }
            catch (FormatException error)
            {
                throw new AtelierException($"recipe: changes: {name}: {error.Message}", error);
            }
        }

        return options;
    }

    /// <summary>Whether both are the same change.</summary>
    public bool Equals(RecipeChange? other)
        => other is not null && (AfterIteration, Masks) == (other.AfterIteration, other.Masks)
            && Options.SequenceEqual(other.Options);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(AfterIteration, Masks, Options.Count);
}

/// <summary>All masks and regions after a change.</summary>
public sealed record RecipeMasks
{
    /// <summary>Where each style applies, as in <see cref="Recipe.StyleMasks"/>.</summary>
    public ImmutableArray<RecipePicture> StyleMasks { get; init; } = [];

    /// <summary>Which part of each artwork is used, as in <see cref="Recipe.StyleRegions"/>.</summary>
    public ImmutableArray<RecipePicture> StyleRegions { get; init; } = [];

    /// <summary>The regions of the photograph, as in <see cref="Recipe.Labels"/>; null for none.</summary>
    public RecipePicture? Labels { get; init; }

    /// <summary>The regions of each artwork, as in <see cref="Recipe.StyleLabels"/>.</summary>
    public ImmutableArray<RecipePicture> StyleLabels { get; init; } = [];

    /// <summary>The mask of the preserved pixels of the photograph; null for none.</summary>
    public RecipePicture? Preserve { get; init; }

    /// <summary>The mask of restored colors; null means everywhere.</summary>
    public RecipePicture? ColorMask { get; init; }

    /// <summary>Returns the masks and regions of a recipe.</summary>
    public static RecipeMasks Of(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return new RecipeMasks
        {
            StyleMasks = recipe.StyleMasks,
            StyleRegions = recipe.StyleRegions,
            Labels = recipe.Labels,
            StyleLabels = recipe.StyleLabels,
            Preserve = recipe.Preserve,
            ColorMask = recipe.ColorMask,
        };
    }

    /// <summary>Returns a recipe with these masks and regions.</summary>
    public Recipe ApplyTo(Recipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return recipe with
        {
            StyleMasks = StyleMasks,
            StyleRegions = StyleRegions,
            Labels = Labels,
            StyleLabels = StyleLabels,
            Preserve = Preserve,
            ColorMask = ColorMask,
        };
    }

    /// <summary>Whether both name the same pictures.</summary>
    public bool Equals(RecipeMasks? other)
        => other is not null && (Preserve, ColorMask, Labels) == (other.Preserve, other.ColorMask, other.Labels)
            && Contents.AreEqual(StyleMasks, other.StyleMasks)
            && Contents.AreEqual(StyleRegions, other.StyleRegions)
            && Contents.AreEqual(StyleLabels, other.StyleLabels);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(
        Preserve, ColorMask, Labels, Contents.HashOf(StyleMasks), Contents.HashOf(StyleRegions),
        Contents.HashOf(StyleLabels));
}
