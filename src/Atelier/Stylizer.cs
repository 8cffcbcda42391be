using Atelier.Engine;

namespace Atelier;

/// <summary>Paints photographs in the style of artworks.</summary>
/// <remarks>Owns its worker threads and buffers: create one, use it for many pictures, one at a time, dispose it.</remarks>
public sealed class Stylizer : IDisposable
{
    private readonly EngineOptions _engineOptions;

    /// <summary>A stylizer with its own worker threads.</summary>
    public Stylizer(EngineOptions? engine = null) => _engineOptions = engine ?? EngineOptions.Default;

    /// <summary>Paints the content picture in the style of the style pictures.</summary>
    /// <param name="request">Pictures and options.</param>
    /// <param name="progress">Told after every step, on the calling thread.</param>
    /// <param name="cancel">Ends the run early, with the best picture so far.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    /// <exception cref="AtelierException">A network or picture cannot be used.</exception>
    public StylizeResult Stylize(
        StylizeRequest request, IProgress<StylizeProgress>? progress = null, CancellationToken cancel = default)
        => throw new AtelierException($"Not there yet ({_engineOptions.Threads}, {request}, {progress}, {cancel}).");

    /// <summary>Value, terms and gradient of the objective for a picture as it is; nothing is resized or optimized.</summary>
    /// <param name="picture">The picture to judge.</param>
    /// <param name="content">The photograph, of the same size; may be null when the content weight is 0.</param>
    /// <param name="styles">The artworks; may be empty when the style weight is 0.</param>
    /// <param name="options">The weights, layers, losses and network.</param>
    /// <exception cref="OptionsException">The options contradict each other or the pictures.</exception>
    public Evaluation Evaluate(
        Imaging.Picture picture, Imaging.Picture? content, IReadOnlyList<Imaging.Picture> styles, StylizeOptions options)
        => throw new AtelierException($"Not there yet ({_engineOptions.Threads}, {picture}, {content}, {styles}, {options}).");

    /// <summary>Ends the worker threads and frees the buffers.</summary>
    public void Dispose() { }
}
