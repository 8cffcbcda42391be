using System.Runtime.CompilerServices;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>Decodes the MCUs of a scan. Damage affects everything up to the next restart marker, or the rest of the
/// scan.</summary>
internal ref struct ScanDecoder
{
    private const int RestartMarkers = 8;

    private readonly ReadOnlySpan<byte> _file;
    private readonly JpegFrame _frame;
    private readonly JpegScan _scan;
    private readonly BlockDecoder _blocks;
    private readonly int _restartInterval;
    private readonly int _mcuCount;
    private BitReader _bits;

    internal ScanDecoder(ReadOnlySpan<byte> file, int position, JpegFrame frame, JpegScan scan, int restartInterval)
    {
        _file = file;
        (_frame, _scan) = (frame, scan);
        _blocks = BlockDecoder.For(scan, frame.IsProgressive);
        (int columns, int rows) = scan.Components is [ScanComponent only]
            ? only.Component.Blocks
            : (frame.McuColumns, frame.McuRows);
        _mcuCount = columns * rows;
        _restartInterval = restartInterval == 0 ? _mcuCount : restartInterval;
        _bits = new BitReader(file, position);
    }

    /// <summary>Number of decoded MCUs.</summary>
    internal int Decoded { get; private set; }

    /// <summary>A description of the damage; null if there is none.</summary>
    internal string? Damage { get; private set; }

    /// <summary>Decodes the scan.</summary>
    /// <returns>The position of the marker after it.</returns>
    internal int Run()
    {
        int start = 0, nextRestart = 0;
        while (true)
        {
            int end = (int)Math.Min((long)start + _restartInterval, _mcuCount);
            DecodeInterval(start, end);
            int position = FindMarker(end);
            if (end == _mcuCount)
            {
                return position;
            }

            if (position + 1 >= _file.Length || !JpegMarkers.IsRestart(_file[position + 1]))
            {
                Note(end, position, "has no restart marker");
                return position;
            }

            // A number slightly ahead means that whole intervals were lost.
            int ahead = (_file[position + 1] - JpegMarkers.Rst0 - nextRestart) & (RestartMarkers - 1);
            int lost = ahead <= 2 ? ahead : 0;
            nextRestart = (nextRestart + lost + 1) & (RestartMarkers - 1);
            long next = end + ((long)lost * _restartInterval);
            if (ahead != 0)
            {
                Note(end, position, "has a restart marker out of order");
            }

            if (next >= _mcuCount)
            {
                return JpegMarkers.Find(_file, position + 2);
            }

            start = (int)next;
            Restart(position + 2);
        }
    }

    /// <summary>Returns the position of the marker after the interval. Unused bytes before it count as damage,
    /// too.</summary>
    private int FindMarker(int mcu)
    {
        int position = JpegMarkers.Find(_file, _bits.Position);
        int unread = _bits.UnreadBytes + _file[_bits.Position..position].TrimStart(JpegMarkers.Prefix).Length;
        if (unread > 0)
        {
            Note(mcu, position, $"has {unread} bytes too many");
        }

        return position;
    }

    private void Restart(int position)
    {
        _bits.Restart(position);
        _blocks.Restart();
        foreach (ScanComponent part in _scan.Components)
        {
            part.Predictor = 0;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void DecodeInterval(int start, int end)
    {
        for (int mcu = start; mcu < end; mcu++)
        {
            bool makesSense = DecodeMcu(mcu);
            if (_bits.IsExhausted)
            {
                Note(mcu, _bits.Position, "ends early");
                return;
            }

            if (!makesSense)
            {
                Note(mcu, _bits.Position, "is damaged");
                return;
            }

            Decoded++;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool DecodeMcu(int mcu)
    {
        if (_scan.Components is [ScanComponent only])
        {
            (int blockRow, int blockColumn) = Math.DivRem(mcu, only.Component.Blocks.Columns);
            return _blocks.Decode(ref _bits, only, blockRow, blockColumn);
        }

        (int mcuRow, int mcuColumn) = Math.DivRem(mcu, _frame.McuColumns);
        foreach (ScanComponent part in _scan.Components)
        {
            int horizontal = part.Component.Horizontal, vertical = part.Component.Vertical;
            for (int i = 0; i < horizontal * vertical; i++)
            {
                (int y, int x) = Math.DivRem(i, horizontal);
                if (!_blocks.Decode(ref _bits, part, (mcuRow * vertical) + y, (mcuColumn * horizontal) + x))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Records the first problem; later ones are mostly its consequences.</summary>
    private void Note(int mcu, int position, string what)
        => Damage ??= $"{what} at MCU {mcu} of {_mcuCount}, near byte {position}";
}
