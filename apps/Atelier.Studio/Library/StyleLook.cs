using Atelier.Imaging;
using Atelier.Options;
using Atelier.Studio.Painting;
using Atelier.Studio.Storage;
using Atelier.Workshop;
using Atelier.Workshop.Inputs;
using Atelier.Workshop.Networks;

namespace Atelier.Studio.Library;

/// <summary>Small pictures that show styles: textures, which are painted from style alone, and first looks at a
/// painting.</summary>
/// <param name="library">The style files.</param>
/// <param name="work">Paints.</param>
/// <param name="folder">Where pictures are.</param>
public sealed class StyleLook(StyleLibrary library, SideWork work, StudioFolder folder)
{
    /// <summary>Side of a texture, in pixels.</summary>
    public const int TextureSide = 192;

    // From noise, with deep layers, so that what is large in an artwork is seen too.
    private static readonly StylizeOptions Texture = StylizeOptions.Default with
    {
        ContentWeight = 0,
        Init = InitKind.Noise,
        Size = TextureSide,
        Iterations = 12,
        IterationGrowth = 0.6,
        NeighborWeight = 1,
        StyleLayers = LayerSelection.Parse("relu1_1,relu2_1,relu3_1,relu4_1"),
    };

    private static readonly EncodeOptions Encoding = new() { Quality = 90, StripMetadata = true };

    /// <summary>Paints a blend, while the picture of the painting room waits.</summary>
    /// <param name="blend">The styles; not empty.</param>
    /// <param name="basis">The painting to show it on; without a photograph, a texture is painted.</param>
    /// <param name="cancel">Cancels it.</param>
    /// <returns>A JPEG.</returns>
    /// <exception cref="AtelierException">The styles do not go together, or a file cannot be used.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public Task<byte[]> PaintAsync(Blend blend, PaintingChoice basis, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(blend);
        ArgumentNullException.ThrowIfNull(basis);
        return work.InterruptAsync(Prepare(blend, basis), cancel);
    }

    /// <summary>Paints the texture of a style, when nothing else is painted.</summary>
    /// <returns>A JPEG.</returns>
    /// <exception cref="AtelierException">The file cannot be used.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public Task<byte[]> PaintTextureAsync(StoredPicture style, CancellationToken cancel)
        => work.RunAsync(Prepare(new Blend().Toggle(style), new PaintingChoice()), cancel);

    private Func<Stylizer, CancellationToken, byte[]> Prepare(Blend blend, PaintingChoice basis)
    {
        PaintingChoice choice = blend.ApplyTo(basis with
        {
            Options = basis.Photograph is null ? Texture : FirstLook.Of(basis.Options),
        });
        StylizeOptions options = library.OptionsFor(choice.Artworks, choice.Options);
        PaintSources sources = ChosenSources.Of(choice, folder);
        sources.Require(options);
        StylizeOptions found = NetworkCache.ForCurrentUser().Resolve(options);
        return (stylizer, stop) =>
        {
            LoadedSources loaded = sources.Load(new WorkshopContext { Cancel = stop }, work.Engine);
            StylizeResult result = stylizer.Stylize(loaded.RequestWith(found), null, stop);
            stop.ThrowIfCancellationRequested();
            using MemoryStream jpeg = new();
            PictureFile.Save(result.Picture, jpeg, ".jpg", Encoding);
            return jpeg.ToArray();
        };
    }
}
