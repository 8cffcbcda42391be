using System.Net;
using System.Text.RegularExpressions;
using Atelier.Options;
using Atelier.Studio.Inside;
using Atelier.Studio.Storage;
using Atelier.Studio.Tests.Hosting;
using Atelier.Studio.Texts;
using Atelier.Testing;

namespace Atelier.Studio.Tests.Inside;

public sealed partial class LessonTests
{
    [Fact]
    public void EveryStepOfTheTutorial_IsALesson_AndEveryLessonAStep()
    {
        string folder = Repository.PathOf("docs", "tutorial");
        IEnumerable<string> steps = Directory.EnumerateFiles(folder, "*.md").Select(file => Path.GetFileName(file))
            .Where(name => char.IsAsciiDigit(name[0])).Order(StringComparer.Ordinal);

        Assert.Equal(steps, Lessons.All.Select(lesson => Path.GetFileName(lesson.Document)));
        Assert.All(Lessons.All, lesson => Assert.True(File.Exists(Repository.PathOf(lesson.Program)), lesson.Program));
        Assert.All(Lessons.All, lesson => Assert.StartsWith(
            $"# {lesson.Number}. {LessonTexts.TitleOf(lesson.Name)}",
            File.ReadAllText(Repository.PathOf(lesson.Document))));
    }

    [Fact]
    public async Task EveryLesson_HasItsPage_AndLeadsToTheNext()
    {
        await using RunningStudio studio = await RunningStudio.StartAsync();
        string list = await studio.Client.GetStringAsync("/inside");

        foreach (Lesson lesson in Lessons.All)
        {
            string page = await studio.Client.GetStringAsync($"/{lesson.Address}");
            Assert.Contains($"href=\"{lesson.Address}\"", list);
            Assert.Contains($"<h2>{LessonTexts.TitleOf(lesson.Name)}</h2>", page);
            Assert.True(lesson.Number == Lessons.All.Length
                || page.Contains($"href=\"{Lessons.All[lesson.Number].Address}\"", StringComparison.Ordinal));
            Assert.Equal(
                LessonTexts.ParagraphsOf(lesson.Name).Count(text => text.StartsWith('=')), Formula().Count(page));
            foreach (Match picture in Source().Matches(page))
            {
                string address = WebUtility.HtmlDecode(picture.Groups[1].Value);
                Assert.Equal(HttpStatusCode.OK, await studio.StatusOf($"/{address}"));
            }
        }

        Assert.Empty(studio.Reports);
    }

    [Fact]
    public void EveryPlan_OfEveryValue_IsValid_AndHasItsTexts()
    {
        foreach (Lesson lesson in Lessons.All)
        {
            Assert.NotEmpty(LessonTexts.PromptsOf(lesson.Name));
            ControlValues start = ControlValues.StartOf(lesson.Design.Controls);
            foreach (ControlValues values in lesson.Design.Controls.SelectMany(control =>
            {
                Assert.NotEmpty(LessonTexts.LabelOf(control.Name));
                return ValuesOf(control).Select(value => start.With(control.Name, value));
            }).Prepend(start))
            {
                PanelPlan[] plans = [.. lesson.Design.Plans(lesson.Design.Pictures, values)];
                Assert.Equal(lesson.Design.Plans(lesson.Design.Pictures, start).Length, plans.Length);
                Assert.All(plans, plan => Assert.Empty(plan.Options.Validate(plan.Artworks.Length)));
                Assert.All(plans, plan => Assert.InRange(plan.Options.Size!.Value, 96, 256));
                Assert.All(plans.Where(plan => plan.Name is not null),
                    plan => Assert.NotEmpty(LessonTexts.CaptionOf(plan.Name!)));
                foreach (Subject subject in plans.SelectMany(plan =>
                    plan.Artworks.Append(plan.Photograph).Append(plan.Palette)).OfType<Subject>())
                    Assert.NotNull(Examples.Read(subject.Picture.Kind, subject.Picture.Name));
            }
        }
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.02, 0.02)]
    [InlineData(0.5, 0.245)]
    [InlineData(1, 3)]
    public void Fader_OnALogarithmicScale_ReachesBothEnds(double position, double expected)
    {
        FaderControl fader = new("content-weight", 0.02, 3, 0.12) { IsLogarithmic = true, FirstIsZero = true };

        Assert.Equal(expected, fader.ValueAt(position), 0.008);
        Assert.Equal(position, fader.PositionOf(fader.ValueAt(position)), 0.02);
    }

    [Fact]
    public void Pictures_OfThePerson_ComeFirst_AndExamplesOnlyOnce()
    {
        StoredPicture own = new(PictureKind.Artworks, "mine.png"), example = Examples.List(PictureKind.Artworks)[1];

        IReadOnlyList<Subject> listed = Subject.List(PictureKind.Artworks, [own, example]);

        Assert.Equal(new Subject(own, IsExample: false), listed[0]);
        Assert.Equal(Examples.List(PictureKind.Artworks).Count + 1, listed.Count);
        Assert.Equal("inside/pictures/artworks/mine.png", listed[0].Address);
    }

    [Fact]
    public void AdjustedImprovements_StartAsThePresetThatHasThem()
    {
        Lesson lesson = Lessons.Find("improvements")!;
        StylizeOptions mine =
            lesson.Design.Plans(lesson.Design.Pictures, ControlValues.StartOf(lesson.Design.Controls))[1].Options;
        StylizeOptions preset = Presets.ByName["improved"];

        Assert.Equal(
            preset with { Size = mine.Size, MinSize = mine.MinSize, Iterations = mine.Iterations }, mine);
    }

    private static IEnumerable<string> ValuesOf(Control control) => control switch
    {
        FaderControl fader => ((double[])[fader.First, fader.Last, fader.ValueAt(0), fader.ValueAt(0.3)])
            .Select(value => value.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        ChoiceControl choice => choice.Values,
        _ => [SwitchControl.On, SwitchControl.Off],
    };

    [GeneratedRegex("<math ")]
    private static partial Regex Formula();

    [GeneratedRegex("src=\"(inside/[^\"]+)\"")]
    private static partial Regex Source();
}
