using Atelier.Studio.Painting;
using Atelier.Studio.Variations;

namespace Atelier.Studio.Tests.Variations;

public sealed class AxisChoicesTests : IDisposable
{
    private readonly StudioRooms _rooms = new();

    public void Dispose() => _rooms.Dispose();

    [Theory]
    [InlineData("content-weight", "0.025, 0.05, 0.1, 0.2, 0.4")]
    [InlineData("style-scale", "0.25, 0.5, 1, 2, 4")]
    [InlineData("iterations", "1, 2, 4, 8")]
    [InlineData("seed", "7, 8, 9, 10, 11")]
    [InlineData("clarity", "0, 0.25, 0.6, 0.75, 1")]
    [InlineData("average", "0, 0.25, 0.5, 0.75, 0.9")]
    [InlineData("activation-shift", "0, 1, 2, 4, 8")]
    [InlineData("correlation-chain", "on, off")]
    [InlineData("style-weights", "1,0; 0.75,0.25; 0.5,0.5; 0.25,0.75; 0,1")]
    [InlineData("style", "stripes.png, waves.png, garden-dabs.jpg, impasto-night.jpg, ink-hatching.jpg")]
    public void Proposal_IsAroundThePresentValue(string name, string expected)
    {
        PaintingChoice basis = _rooms.Choice with
        {
            Artworks = [_rooms.Stripes, _rooms.Waves],
            Options = _rooms.Choice.Options with { Clarity = 0.6, Seed = 7 },
        };

        Axis axis = AxisChoices.Propose(Find(name, basis), basis, 5);

        Assert.Equal(expected, axis.Text);
        Assert.Equal(axis.Values, Axis.Parse(name, axis.Text).Values);
    }

    [Fact]
    public void EveryProposal_CanBePlanned()
    {
        PaintingChoice basis = _rooms.Choice with { Artworks = [_rooms.Stripes, _rooms.Waves] };
        IReadOnlyList<AxisChoice> choices = AxisChoices.Of(basis, _rooms.Folder);

        Assert.All(choices, choice => Assert.NotEmpty(VariationPlan.Of(
            basis, AxisChoices.Propose(choice, basis, 5), null, _rooms.Folder).Cells));
        Assert.DoesNotContain(choices, choice => choice.Name is "size" or "network" or "aspect" or "max-memory");
    }

    [Fact]
    public void ChosenWords_AreAmongThose_ThatAreProposed()
    {
        PaintingChoice basis = _rooms.Choice.WithPreset("portrait");

        Axis axis = AxisChoices.Propose(Find("preset", basis), basis, 2);

        Assert.Equal(2, axis.Values.Length);
        Assert.Contains("portrait", axis.Values);
    }

    private AxisChoice Find(string name, PaintingChoice basis)
        => AxisChoices.Of(basis, _rooms.Folder).Single(choice => choice.Name == name);
}
