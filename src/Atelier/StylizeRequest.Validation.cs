using Atelier.Color;
using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;

namespace Atelier;

public sealed partial record StylizeRequest
{
    /// <summary>Throws if the request is invalid, regardless of the network.</summary>
    /// <exception cref="OptionsException">The options contradict each other or the pictures; the exception contains all
    /// problems. </exception>
    internal void Require()
    {
        Problem[] problems = [.. Options.Validate(Styles.Length), .. Guides.Validate(Styles.Length)];
        if (problems.Length == 0)
        {
            problems =
            [
                .. ResolvedGuides.ProblemsWith(Guides, Options, Styles),
                .. ColorTransfer.ProblemsWith(Options, Styles, Content, Palette, Guides.ColorMask),
                .. ProblemsWithPictures(),
                .. ProblemsWithChanges(),
            ];
        }

        if (problems.Length > 0)
        {
            throw new OptionsException(problems);
        }
    }

    private IEnumerable<Problem> ProblemsWithChanges()
    {
        int last = 0;
        StylizeOptions options = Options;
        foreach (StylizeChange change in Changes)
        {
            if (change.AfterIteration < last)
            {
                yield return new Problem(
                    "changes",
                    $"has a change after iteration {change.AfterIteration} behind one after iteration {last}",
                    "give them in the order of their iterations, from 0");
            }

            foreach (Problem problem in OptionChanges.ProblemsWith(options, change.Options)
                .Concat(change.Options.Validate(Styles.Length)))
            {
                yield return problem;
            }

            (last, options) = (change.AfterIteration, change.Options);
        }
    }

    private IEnumerable<Problem> ProblemsWithPictures()
    {
        const string noContent = "no content picture";
        if (Content is null && (Options.ContentWeight != 0 || (IsPainted && Options.Init == InitKind.Content)))
        {
            yield return new Problem(
                "content", "is given", "name one, or set content-weight to 0 and init to style-stats")
            {
                Subject = noContent,
            };
        }

        if (Content is null && IsPainted && Guides.MayPreserveContent)
        {
            yield return new Problem(
                "content", "is given, so nothing can be preserved where no style applies",
                "name one, or leave out preserve and use 'all' or 'rest' for one style-mask")
            {
                Subject = noContent,
            };
        }

        if (Initial is null && IsPainted && Options.Init == InitKind.File)
        {
            yield return new Problem("init", "is 'file', but no picture is given", "supply the initial picture");
        }

        Problem?[] invisible =
        [
            MayBeInvisible ? null : InvisiblePicture.ProblemWith("content", Content, "the content picture"),
            .. Styles.Select((style, i) => InvisiblePicture.ProblemWith("style", style.Picture, $"style {i + 1}")),
            InvisiblePicture.ProblemWith("init", Initial, "the initial picture"),
            InvisiblePicture.ProblemWith("palette", Palette, "the palette"),
        ];
        foreach (Problem problem in invisible.OfType<Problem>().DefaultIfEmpty(GuidesProblem()).OfType<Problem>())
            yield return problem;
    }

    /// <summary>Returns the problem of a guide that leaves nothing of what is visible; null if there is none.</summary>
    private Problem? GuidesProblem()
    {
        if (!MayBeInvisible && Content is not null && Guides.Preserve is Picture preserve
            && Mask.FromPicture(preserve).Inverse.IsBlackWhereVisible(Content))
        {
            return new Problem(
                "preserve", "covers everything that is visible of the content picture, so nothing would be painted",
                "paint a visible part that may change black");
        }

        int hidden = Enumerable.Range(0, Styles.Length).FirstOrDefault(
            i => Styles[i].Picture is Picture artwork && Guides.RegionOf(i)?.IsBlackWhereVisible(artwork) == true, -1);
        return hidden < 0 ? null : new Problem(
            "style-region", "selects only transparent pixels, so no part of the style would be used",
            "paint a visible part white")
        {
            Subject = $"style region {hidden + 1}",
        };
    }
}
