using System.Numerics;
using System.Runtime.CompilerServices;
using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Engine.OpenCl;

/// <content>Optimizers, and losses on pixels.</content>
public sealed partial class OpenClEngine
{
    // Groups of a sum at most, work-items of each, and values that make another group worth it.
    private const int MaxSumGroups = 1024, SumGroup = 64, ValuesOfGroup = 256;

    private static readonly string SumDefines = $"GROUP={SumGroup}";

    /// <inheritdoc/>
    public double Dot(Tensor x, Tensor y) => Sum("dot_product", LengthOf(x, y), Of(x), Of(y));

    /// <inheritdoc/>
    public void AddScaled(Tensor x, float scale, Tensor y)
        => RunOnTensors("add_scaled", LengthOf(x, y), Of(x), scale, Of(y));

    /// <inheritdoc/>
    public void Multiply(Tensor x, Tensor y) => RunOnTensors("multiply", LengthOf(x, y), Of(x), Of(y));

    /// <inheritdoc/>
    public void CopyScaled(Tensor source, float scale, Tensor target)
        => RunOnTensors("copy_scaled", LengthOf(source, target), Of(source), scale, Of(target));

    /// <inheritdoc/>
    public void Move(Tensor source, Tensor direction, float scale, float min, float max, Tensor target)
        => RunOnTensors(
            "move", LengthOf(source, direction, target), Of(source), Of(direction), scale, min, max, Of(target));

    /// <inheritdoc/>
    public void DropOutward(Tensor x, float min, float max, Tensor vector)
        => RunOnTensors("drop_outward", LengthOf(x, vector), Of(x), min, max, Of(vector));

    /// <inheritdoc/>
    public void AdamStep(in AdamStep update, Tensor gradient, Tensor mean, Tensor square, Tensor x, Tensor average)
        => RunOnTensors(
            "adam", LengthOf(gradient, mean, square, x, average), Of(gradient), Of(mean), Of(square), Of(x),
            Of(average), new Vector4(update.StepSize, 1 - update.Beta1, 1 - update.Beta2, 1 - update.Decay),
            new Vector4(update.SquareCorrection, update.Epsilon, update.Min, update.Max));

    /// <inheritdoc/>
    public void MixPlanes(Tensor source, ReadOnlySpan<float> matrix, float keep, Tensor target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(matrix.Length, 9, nameof(matrix));
        int area = LengthOf(source, target) / 3;
        RunOnTensors(
            "mix_planes", area, Of(source), Row(matrix, 0), Row(matrix, 1), Row(matrix, 2), keep, Of(target));
    }

    /// <inheritdoc/>
    public double WeightedDistance(Tensor x, Tensor target, Tensor weights, float scale, Tensor gradient)
        => Sum(
            "weighted_distance", LengthOf(x, target, weights, gradient), Of(x), Of(target), Of(weights), scale,
            Of(gradient));

    /// <inheritdoc/>
    public double TotalVariation(
        TotalVariationKind kind, Tensor picture, int height, int width, float scale, Tensor gradient, bool isTileable)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(LengthOf(picture, gradient), 3 * height * width);
        if (kind != TotalVariationKind.NinePoint)
        {
            return Sum(
                kind switch
                {
                    TotalVariationKind.Squared => "squared_variation",
                    TotalVariationKind.Power => "power_variation",
                    _ => throw new ArgumentOutOfRangeException(nameof(kind)),
                },
                3L * height * width, Of(picture), height, width, isTileable, scale, Of(gradient));
        }

        int more = isTileable ? 0 : 1;
        double windows = 3.0 * (height + more) * (width + more);
        return Sum(
            "nine_point_variation", (long)windows, Of(picture), height, width, isTileable, (float)(2 / (3 * windows)),
            (float)(1 / (6 * windows)), scale, Of(gradient));
    }

    /// <summary>Checks that the compiler of the driver leaves sums in two floats as they are written. A work-item adds
    /// three products, of which the first and the last, of 25 bits, cancel each other.</summary>
    /// <exception cref="CodedException">It does not (<c>device.arithmetic</c>).</exception>
    private void RequireExactSums()
    {
        const float Long = 4097f / 4096, Short = 1e-3f;
        float[] x = new float[4 * ValuesOfGroup], y = new float[x.Length];
        int step = GroupsFor(x.Length) * SumGroup;
        (x[0], x[step], x[2 * step]) = (Long, Short, -Long);
        (y[0], y[step], y[2 * step]) = (Long, Short, Long);
        using Tensor first = CreateTensor(x.Length), second = CreateTensor(y.Length);
        Write(x, first);
        Write(y, second);
        if (Math.Abs(Dot(first, second) - ((double)Short * Short)) > 1e-12)
        {
            throw CodedException.Failed(
                "device.arithmetic", $"the driver of '{Device.Name}' changes the order of additions.",
                "update the driver, or use the engine 'cpu'", "engine");
        }
    }

    private static Vector4 Row(ReadOnlySpan<float> matrix, int row)
        => new(matrix[3 * row], matrix[(3 * row) + 1], matrix[(3 * row) + 2], 0);

    /// <summary>Runs a kernel that takes the number of items last.</summary>
    private void RunOnTensors(string kernel, int count, params ReadOnlySpan<Argument> arguments)
        => RunEach(new KernelName("tensors", kernel), count, [.. arguments, count]);

    private static int GroupsFor(long count)
        => (int)Math.Clamp((count + ValuesOfGroup - 1) / ValuesOfGroup, 1, MaxSumGroups);

    /// <summary>Runs a kernel that adds something up, and waits for the sum.</summary>
    private double Sum(string kernel, long count, params ReadOnlySpan<Argument> arguments)
    {
        int groups = GroupsFor(count);
        DeviceBuffer sums = _queue.Scratch("sums", MaxSumGroups * 2L * sizeof(float));
        _queue.Run(
            new KernelName("sums", kernel, SumDefines), groups * (long)SumGroup, SumGroup, [sums, count, .. arguments]);
        Span<Vector2> partial = stackalloc Vector2[groups];
        _queue.Read(sums, partial);
        double sum = 0;
        foreach (Vector2 part in partial)
            sum += (double)part.X + part.Y;
        return sum;
    }

    private static int LengthOf(
        Tensor first, Tensor second, Tensor? third = null, Tensor? fourth = null, Tensor? fifth = null,
        [CallerMemberName] string operation = "")
    {
        ArgumentNullException.ThrowIfNull(first);
        foreach (Tensor? other in (ReadOnlySpan<Tensor?>)[second, third, fourth, fifth])
        {
            if (other is not null && other.Length != first.Length)
            {
                throw new ArgumentException(
                    $"{operation} got tensors of {first.Length} and of {other.Length} values.");
            }
        }

        return first.Length;
    }
}
