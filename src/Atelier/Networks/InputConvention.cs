using System.Collections.Immutable;
using System.Globalization;
using Atelier.Primitives;

namespace Atelier.Networks;

/// <summary>The input convention of a network: how red, green and blue in [0, 1] are converted to what its first
/// convolution was trained on. </summary>
/// <remarks>A network for values of 0 to 255 minus a mean receives 255·x − mean = (x − mean/255) / (1/255): its mean
/// and range become <see cref="Mean"/> and <see cref="Std"/>, and for BGR order the inputs of the first convolution are
/// swapped. No weight value is changed, so the features equal those of the original network.</remarks>
/// <param name="Name">Its name as an option.</param>
/// <param name="IsBgr">Whether the network expects the channels in the order blue, green, red.</param>
/// <param name="Mean">Subtracted from red, green and blue.</param>
/// <param name="Std">What red, green and blue are then divided by.</param>
public sealed record InputConvention(
    string Name, bool IsBgr, ImmutableArray<float> Mean, ImmutableArray<float> Std)
{
    /// <summary>The name of a convention that is none of the named ones.</summary>
    internal const string OwnName = "own";

    private const float White = 255f;

    // The mean of the ImageNet training pictures, as used by Caffe's networks.
    private static readonly ImmutableArray<float> CaffeMean =
        [123.68f / White, 116.779f / White, 103.939f / White];

    private static readonly ImmutableArray<float> CaffeStd = [1 / White, 1 / White, 1 / White];

    /// <summary>The convention of torchvision: RGB in [0, 1], normalized by the mean and standard deviation of
    /// ImageNet.</summary>
    public static InputConvention Rgb01ImageNet { get; } =
        new("rgb01-imagenet", false, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>The convention of Caffe and Keras: BGR in 0 to 255, minus the mean.</summary>
    public static InputConvention Bgr255Caffe { get; } = new("bgr255-caffe", true, CaffeMean, CaffeStd);

    /// <summary>The convention of MatConvNet: Caffe's, but with the channels in RGB order.</summary>
    public static InputConvention Rgb255Caffe { get; } = new("rgb255-caffe", false, CaffeMean, CaffeStd);

    /// <summary>All named conventions.</summary>
    public static ImmutableArray<InputConvention> Known { get; } = [Rgb01ImageNet, Bgr255Caffe, Rgb255Caffe];

    /// <summary>Returns the convention with this name.</summary>
    /// <exception cref="OptionsException">There is no convention with this name.</exception>
    public static InputConvention Parse(string name)
    {
        IEnumerable<string> names = Known.Select(convention => convention.Name);
        return Known.FirstOrDefault(convention => convention.Name == name) ?? throw new OptionsException(
            new Problem(
                "input", $"'{name}' is unknown",
                NearestName.Remedy(name, names, $"use one of {string.Join(", ", names)}")));
    }

    /// <summary>Formats three numbers as stored in weight files, so that they parse to the same floats.</summary>
    internal static string Text(ImmutableArray<float> values)
        => $"[{string.Join(", ", values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]";
}
