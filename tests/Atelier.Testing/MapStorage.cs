using Atelier.Engine;
using Atelier.Engine.Cpu;
using Atelier.Engine.OpenCl;
using Atelier.Engine.OpenCl.Handles;
using Atelier.Engine.OpenCl.Runtime;

namespace Atelier.Testing;

/// <summary>The memory of a map, with some more behind it that no operation may touch.</summary>
internal abstract class MapStorage : IDisposable
{
    /// <summary>Floats behind the map.</summary>
    protected const int GuardFloats = 64;

    /// <summary>The map.</summary>
    internal abstract FeatureMap Map { get; }

    /// <summary>Floats from one pixel to the next.</summary>
    protected abstract int PixelStride { get; }

    /// <summary>Number of floats of the map, with its border and padding.</summary>
    internal int Count => (Map.Shape.Height + 2) * (Map.Shape.Width + 2) * PixelStride;

    internal static MapStorage Create(IEngine engine, Shape shape)
        => engine is OpenClEngine device ? new DeviceStorage(device, shape) : new HostStorage(engine, shape);

    /// <summary>Where a value is.</summary>
    internal int IndexOf(int y, int x, int channel)
        => ((((y + 1) * (Map.Shape.Width + 2)) + x + 1) * PixelStride) + channel;

    /// <summary>Returns everything, the floats behind the map too.</summary>
    internal abstract float[] Read();

    /// <summary>Overwrites everything.</summary>
    internal abstract void Write(float[] values);

    public abstract void Dispose();

    private sealed unsafe class HostStorage : MapStorage
    {
        private readonly MemoryBlock _memory;
        private readonly CpuFeatureMap _map;

        internal HostStorage(IEngine engine, Shape shape)
        {
            using CpuFeatureMap layout = CpuFeatureMap.From(engine.CreateMap(shape));
            _memory = new MemoryBlock(
                CpuFeatureMap.BytesFor(shape, layout.PixelStride, shape.Height) + (GuardFloats * sizeof(float)));
            _map = new CpuFeatureMap(shape, layout.PixelStride, shape.Height, _memory, offset: 0);
        }

        internal override FeatureMap Map => _map;

        protected override int PixelStride => _map.PixelStride;

        private Span<float> All => new(_memory.Address, Count + GuardFloats);

        internal override float[] Read() => All.ToArray();

        internal override void Write(float[] values) => values.CopyTo(All);

        public override void Dispose() => _memory.Dispose();
    }

    private sealed class DeviceStorage : MapStorage
    {
        private readonly DeviceQueue _queue;
        private readonly DeviceBuffer _memory;

        internal DeviceStorage(OpenClEngine engine, Shape shape)
        {
            _queue = engine.Queue;
            _memory = _queue.Create(
                OpenClFeatureMap.BytesFor(shape, shape.Height) + (GuardFloats * sizeof(float)));
            Map = new OpenClFeatureMap(shape, shape.Height, _memory, ownsMemory: false);
        }

        internal override FeatureMap Map { get; }

        protected override int PixelStride => Map.Shape.Channels;

        internal override float[] Read()
        {
            float[] values = new float[Count + GuardFloats];
            _queue.Read(_memory, values.AsSpan());
            return values;
        }

        internal override void Write(float[] values) => _queue.Write<float>(values, _memory);

        public override void Dispose() => _memory.Dispose();
    }
}
