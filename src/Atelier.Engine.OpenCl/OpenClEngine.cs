using Atelier.Engine.OpenCl.Handles;
using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Engine.OpenCl;

/// <summary>An engine on a device of OpenCL, in float32. Operations are queued, and carried out in order; what returns
/// a number waits for it.</summary>
public sealed partial class OpenClEngine : IEngine
{
    // Kernels without local memory run in groups of this size.
    private const int Group = 64;

    private readonly DeviceQueue _queue;

    /// <summary>Opens a device.</summary>
    /// <exception cref="CodedException">The device does not work, or not exactly.</exception>
    public OpenClEngine(OpenClDevice device) : this(device, tiles: null)
    {
    }

    /// <summary>Opens a device with the given tiles; null measures which are fastest.</summary>
    internal OpenClEngine(OpenClDevice device, TileShape? tiles)
    {
        ArgumentNullException.ThrowIfNull(device);
        Device = device;
        _queue = new DeviceQueue(device);
        try
        {
            RequireExactSums();
            _tiles = tiles ?? TileTuning.ShapeFor(_queue);
        }
        catch
        {
            _queue.Dispose();
            throw;
        }
    }

    /// <summary>The device.</summary>
    public OpenClDevice Device { get; }

    /// <summary>The commands of the device.</summary>
    internal DeviceQueue Queue => _queue;

    /// <inheritdoc/>
    public string Fingerprint
        => $"opencl {Device.Name}, {Device.Platform}, {Device.PlatformVersion}, driver {Device.Driver}";

    /// <inheritdoc/>
    public Precision Precision => Precision.Single;

    /// <inheritdoc/>
    public long MaxBytes => Device.UsableMemory;

    /// <inheritdoc/>
    public Tensor CreateTensor(int length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(length, 1);
        return new OpenClTensor(length, _queue.Create((long)length * sizeof(float)));
    }

    /// <inheritdoc/>
    public FeatureMap CreateMap(Shape shape)
        => new OpenClFeatureMap(
            shape, shape.Height, _queue.Create(OpenClFeatureMap.BytesFor(shape, shape.Height)), ownsMemory: true);

    /// <inheritdoc/>
    public IDisposable CreateMaps(IReadOnlyList<MapLifetime> uses, out FeatureMap[] maps)
    {
        MapSlots slots = MapSlots.For(uses);
        MapMemory memory = new(slots.Bytes.Count);
        try
        {
            foreach (long bytes in slots.Bytes)
                memory.Add(_queue.Create(bytes));
        }
        catch
        {
            memory.Dispose();
            throw;
        }

        maps = [.. uses.Select((use, i) => new OpenClFeatureMap(
            use.Shape, Math.Min(use.Rows, use.Shape.Height), memory[slots.SlotOf[i]], ownsMemory: false))];
        return memory;
    }

    /// <inheritdoc/>
    public long GetBytes(IReadOnlyList<MapLifetime> uses)
    {
        IReadOnlyList<long> slots = MapSlots.For(uses).Bytes;
        return slots.All(bytes => bytes <= Device.MaxBufferBytes) ? slots.Sum() : IEngine.TooManyBytes;
    }

    /// <inheritdoc/>
    public void Slide(FeatureMap map, Rows kept) => Of(map).Slide(kept, _queue);

    /// <inheritdoc/>
    public PositionWeights CreatePositionWeights(int height, int width, ReadOnlySpan<float> weights)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(weights.Length, height * width);
        return new OpenClPositionWeights(height, width, weights.ToArray(), _queue.Create(weights));
    }

    /// <inheritdoc/>
    public long BytesOfWeights(int height, int width) => (long)height * width * sizeof(float);

    /// <inheritdoc/>
    public FeatureBits CreateBits(Shape shape, int bitsPerValue)
        => new OpenClFeatureBits(shape, bitsPerValue, _queue.Create(BytesOfBits(shape, bitsPerValue)), _queue);

    /// <inheritdoc/>
    public long BytesOfBits(Shape shape, int bitsPerValue) => TileShape.RoundUp(shape.Count, sizeof(int));

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<float> source, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentOutOfRangeException.ThrowIfNotEqual(source.Length, target.Length);
        _queue.Write(source, Of(target));
    }

    /// <inheritdoc/>
    public void Read(Tensor source, Span<float> target)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, source.Length);
        _queue.Read(Of(source), target);
    }

    /// <inheritdoc/>
    public void Read(FeatureMap source, int channel, Rows rows, Span<float> target)
    {
        OpenClFeatureMap map = Of(source);
        int count = rows.Count * map.Shape.Width;
        ArgumentOutOfRangeException.ThrowIfNegative(channel);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(channel, map.Shape.Channels);
        ArgumentOutOfRangeException.ThrowIfNegative(rows.First, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows.End, map.Shape.Height, nameof(rows));
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, count);
        DeviceBuffer plane = _queue.Scratch("plane", count * (long)sizeof(float));
        RunRows("read_channel", rows, map.Shape.Width, map.Memory, map.Geometry, channel, rows.First, plane);
        _queue.Read(plane, target);
    }

    /// <inheritdoc/>
    public void Dispose() => _queue.Dispose();

    /// <summary>Runs a kernel on so many items, which leaves alone those beyond.</summary>
    private void RunEach(in KernelName kernel, int count, params ReadOnlySpan<Argument> arguments)
        => _queue.Run(kernel, TileShape.RoundUp(count, Group), Group, arguments);

    /// <summary>Runs a kernel of Kernels/maps.cl on so many items of each row.</summary>
    private void RunRows(string kernel, Rows rows, int itemsOfRow, params ReadOnlySpan<Argument> arguments)
        => _queue.Run(
            new KernelName("maps", kernel), [TileShape.RoundUp(itemsOfRow, Group), rows.Count, 1], [Group, 1, 1],
            arguments);

    private static DeviceBuffer Of(Tensor tensor)
        => (tensor as OpenClTensor ?? throw ForeignHandle(tensor)).Memory;

    private static OpenClFeatureMap Of(FeatureMap map) => map as OpenClFeatureMap ?? throw ForeignHandle(map);

    private static DeviceBuffer? Of(FeatureBits? bits)
        => bits is null ? null : (bits as OpenClFeatureBits ?? throw ForeignHandle(bits)).Memory;

    private static DeviceBuffer? Of(PositionWeights? weights, Shape shape)
        => weights is null ? null
            : (weights.Height, weights.Width) == (shape.Height, shape.Width)
                ? (weights as OpenClPositionWeights ?? throw ForeignHandle(weights)).Memory
                : throw new ArgumentException(
                    $"The weights are for {weights.Height}x{weights.Width} positions, but the map is {shape}.",
                    nameof(weights));

    private static ArgumentException ForeignHandle(object? handle)
        => new($"The engine 'opencl' cannot use a {handle?.GetType().Name ?? "null"}, which another engine created.");
}
