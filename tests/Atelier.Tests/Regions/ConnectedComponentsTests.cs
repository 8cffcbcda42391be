using Atelier.Guides;
using Atelier.Regions;

namespace Atelier.Tests.Regions;

public sealed class IslandsTests
{
    [Fact]
    public void Merge_SmallPatches_GoToTheLabelTheyBorderOnMost()
    {
        LabelMap map = Map(
            "000000111",
            "002000111",
            "022000131",
            "000001111",
            "444000111");

        Assert.Equal(Map(
            "000000111",
            "000000111",
            "000000111",
            "000001111",
            "000000111").Labels, ConnectedComponents.Merge(map, 4).Labels);
    }

    [Fact]
    public void Merge_PatchesOfEnoughPixels_Stay()
    {
        LabelMap map = Map(
            "0000000",
            "0220001",
            "0020001",
            "0000001");

        Assert.Equal(map.Labels, ConnectedComponents.Merge(map, 3).Labels);
        Assert.All(ConnectedComponents.Merge(map, 4).Labels, label => Assert.Equal(0, label));
    }

    [Fact]
    public void Merge_SmallPatchesInARow_GrowTogetherUntilTheyAreLargeEnough()
    {
        // No patch has 4 pixels; neighbors swap nothing, and all pixels keep some label.
        LabelMap merged = ConnectedComponents.Merge(Map("001122001122"), 4);

        int[] sizes = [.. merged.Labels.CountBy(label => label).Select(each => each.Value)];
        Assert.Equal(12, sizes.Sum());
        int runs = 1 + merged.Labels.Zip(merged.Labels.Skip(1)).Count(pair => pair.First != pair.Second);
        Assert.InRange(runs, 1, 3);
    }

    [Fact]
    public void Merge_OnePatchOnly_Stays()
        => Assert.Equal([7, 7, 7], ConnectedComponents.Merge(new LabelMap(1, 3, [7, 7, 7]), 100).Labels);

    private static LabelMap Map(params string[] rows)
        => new(rows.Length, rows[0].Length, [.. rows.SelectMany(row => row.Select(digit => digit - '0'))]);
}
