using System.Collections.Immutable;
using System.Globalization;
using Atelier.Primitives;

namespace Atelier.Networks;

/// <summary>What the first convolution of a network was trained to see, in terms of red, green and blue in [0, 1].
/// </summary>
/// <remarks>A network for values of 0 to 255 minus a mean sees 255·x − mean = (x − mean/255) / (1/255): its mean
/// and range become <see cref="Mean"/> and <see cref="Std"/>, and blue before red becomes an exchange of the first
/// convolution's inputs. So no weight is changed by a bit, and features are those of the original.</remarks>
/// <param name="Name">Its name as an option.</param>
/// <param name="BlueFirst">Whether the network's channels are blue, green, red.</param>
/// <param name="Mean">Subtracted from red, green and blue.</param>
/// <param name="Std">What red, green and blue are divided by then.</param>
public sealed record InputConvention(
    string Name, bool BlueFirst, ImmutableArray<float> Mean, ImmutableArray<float> Std)
{
    private const float White = 255f;

    // The mean of ImageNet's training pictures as the networks of Caffe have it.
    private static readonly ImmutableArray<float> CaffeMean =
        [123.68f / White, 116.779f / White, 103.939f / White];

    private static readonly ImmutableArray<float> CaffeStd = [1 / White, 1 / White, 1 / White];

    /// <summary>torchvision's: red, green, blue in [0, 1], by ImageNet's mean and deviation.</summary>
    public static InputConvention Rgb01ImageNet { get; } =
        new("rgb01-imagenet", false, [0.485f, 0.456f, 0.406f], [0.229f, 0.224f, 0.225f]);

    /// <summary>Caffe's and Keras's: blue, green, red in 0 to 255, minus the mean.</summary>
    public static InputConvention Bgr255Caffe { get; } = new("bgr255-caffe", true, CaffeMean, CaffeStd);

    /// <summary>MatConvNet's: Caffe's network with its channels exchanged.</summary>
    public static InputConvention Rgb255Caffe { get; } = new("rgb255-caffe", false, CaffeMean, CaffeStd);

    /// <summary>All that are known by name.</summary>
    public static ImmutableArray<InputConvention> Known { get; } = [Rgb01ImageNet, Bgr255Caffe, Rgb255Caffe];

    /// <summary>Finds one by its name.</summary>
    /// <exception cref="OptionsException">There is none of that name.</exception>
    public static InputConvention Parse(string name)
    {
        IEnumerable<string> names = Known.Select(convention => convention.Name);
        return Known.FirstOrDefault(convention => convention.Name == name) ?? throw new OptionsException(
            new Problem(
                "input", $"'{name}' is unknown",
                NearestName.Remedy(name, names, $"known are {string.Join(", ", names)}")));
    }

    /// <summary>Three numbers as weight files hold them, which give the same floats again.</summary>
    internal static string Text(ImmutableArray<float> values)
        => $"[{string.Join(", ", values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}]";
}
