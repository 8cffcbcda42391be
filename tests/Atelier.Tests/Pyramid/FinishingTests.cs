using Atelier.Guides;
using Atelier.Imaging;
using Atelier.Options;
using Atelier.Testing;

namespace Atelier.Tests.Pyramid;

public sealed class FinishingTests
{
    [Fact]
    public void Finish_PhotographInAnotherColorSpace_KeepsItsProfileMetadataAndPreservedColors()
    {
        const int Width = 49, Height = 37, Area = Width * Height;
        float[] Filled(float sample) => [.. Enumerable.Repeat(sample, Area)];
        float[] left = [.. Enumerable.Range(0, Area).Select(i => i % Width < Width / 2 ? 1f : 0f)];
        Picture photograph = new(Width, Height, Filled(1.09f), Filled(-0.22f), Filled(-0.15f))
        {
            IccProfile = TestProfiles.DisplayP3,
            Metadata = TestMetadata.Full,
        };
        using Stylizer stylizer = new();

        Picture result = stylizer.Stylize(
            new StylizeRequest
            {
                Content = photograph,
                Styles = [Numbers.Picture(2, 40, 31)],
                Guides = new SpatialGuides { Preserve = new Picture(Width, Height, left, left, left) },
                Options = StylizeOptions.Default with
                {
                    Size = Width,
                    MinSize = 29,
                    Margin = 3,
                    Iterations = 3,
                    Network = Fixture.PathOf("reference", "narrow_vgg19.safetensors"),
                },
            },
            cancel: TestContext.Current.CancellationToken).Picture;

        Assert.Equal(TestProfiles.DisplayP3, result.IccProfile!.Value.ToArray());
        Assert.Equal(TestMetadata.Full, result.Metadata);
        Assert.Equal((1.09f, -0.22f, -0.15f), (result.Red[0], result.Green[0], result.Blue[0]));
        Assert.All(result.Planes, plane => Assert.InRange(plane[Width - 1], 0f, 1f));
    }
}
