using System.Buffers.Binary;
using Atelier.Imaging.Profiles;

namespace Atelier.Imaging.Codecs.Jpeg;

/// <summary>Reads a JPEG file from marker to marker: baseline, extended sequential and progressive Huffman coding of
/// 8-bit samples (ITU-T T.81).</summary>
/// <remarks>Damage before any part of the picture has been decoded is an error. Later damage is a warning, and leaves
/// part of the picture gray. The loops over blocks and pixels, here and in the helper classes, are compiled with full
/// optimization immediately, because a process often decodes only one or two pictures.</remarks>
internal ref struct JpegDecoder
{
    /// <summary>More scans than any encoder writes; without a limit, a small file could keep the decoder
    /// busy for hours.</summary>
    private const int MaxScans = 500;

    private readonly ReadOnlySpan<byte> _file;
    private readonly DecodeLimits _limits;
    private readonly JpegTables _tables = new();
    private readonly JpegMetadata _metadata = new();
    private readonly List<string> _warnings = [];
    private JpegFrame? _frame;
    private int _position = 2;
    private int _scans;
    private bool _hasPixels;
    private bool _isAtEnd;

    private JpegDecoder(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        _file = file;
        _limits = limits;
    }

    /// <summary>Decodes a whole file.</summary>
    /// <exception cref="ImageFormatException">No part of the picture can be decoded, or it exceeds the
    /// limits.</exception>
    internal static Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        JpegDecoder decoder = new(file, limits);
        decoder.ReadSegments();
        return decoder.BuildPicture();
    }

    private void ReadSegments()
    {
        while (!_isAtEnd)
        {
            try
            {
                ReadSegment();
            }
            catch (ImageFormatException error) when (_hasPixels)
            {
                _warnings.Add($"{error.Message} The rest of the file was ignored.");
                _isAtEnd = true;
            }
        }
    }

    private void ReadSegment()
    {
        int start = JpegMarkers.Find(_file, _position);
        if (start >= _file.Length)
        {
            throw new ImageFormatException(
                $"JPEG: the file ends at byte {_file.Length} without an end-of-image marker; it is probably " +
                "truncated.");
        }

        byte marker = _file[start + 1];
        _position = start + 2;
        if (marker == JpegMarkers.Eoi)
        {
            _isAtEnd = true;
        }

        if (JpegMarkers.IsStandalone(marker))
        {
            return;
        }

        string place = $"JPEG marker FF{marker:X2} at byte {start}";
        ReadOnlySpan<byte> rest = _file[_position..];
        int length = rest.Length < 2 ? 0 : BinaryPrimitives.ReadUInt16BigEndian(rest);
        if (length < 2 || length > rest.Length)
        {
            throw new ImageFormatException($"{place}: a segment of {length} bytes, but only {rest.Length} are left.");
        }

        _position += length;
        ReadContents(marker, rest[2..length], place);
    }

    private void ReadContents(byte marker, ReadOnlySpan<byte> segment, string place)
    {
        switch (marker)
        {
            case JpegMarkers.Dqt:
                _tables.ReadQuantization(segment, place);
                break;
            case JpegMarkers.Dht:
                _tables.ReadHuffman(segment, place);
                break;
            case JpegMarkers.Dri:
                _tables.ReadRestartInterval(segment, place);
                break;
            case JpegMarkers.Sos:
                ReadScan(segment, place);
                break;
            case byte when JpegMarkers.IsFrame(marker):
                _frame = _frame is null
                    ? JpegFrame.Read(marker, segment, place, _file, _limits)
                    : throw new ImageFormatException($"{place}: a second frame; a file may contain only one picture.");
                break;
            default:
                _metadata.ReadSegment(marker, segment);
                break;
        }
    }

    private void ReadScan(ReadOnlySpan<byte> segment, string place)
    {
        if (_frame is null)
        {
            throw new ImageFormatException($"{place}: a scan before the frame header.");
        }

        if (++_scans > MaxScans)
        {
            throw new ImageFormatException($"{place}: more than {MaxScans} scans.");
        }

        JpegScan scan = JpegScan.Read(segment, _frame, _tables, place);
        if (_scans == 1)
        {
            _frame.Allocate();
        }

        ScanDecoder decoder = new(_file, _position, _frame, scan, _tables.RestartInterval);
        _position = decoder.Run();
        _hasPixels |= decoder.Decoded > 0;
        if (decoder.Damage is string damage)
        {
            _warnings.Add($"JPEG scan {_scans} {damage}; part of the picture may be missing or wrong.");
        }
    }

    private readonly Picture BuildPicture()
    {
        if (_frame is not JpegFrame frame || !_hasPixels)
        {
            string reason = _warnings.Count > 0 ? $" ({_warnings[0]})" : "";
            throw new ImageFormatException($"JPEG: no part of the picture could be decoded{reason}.");
        }

        foreach (JpegComponent component in frame.Components)
        {
            component.TransformCoefficients();
            if (component.Quantization is null)
            {
                _warnings.Add($"JPEG: component {component.Id} is missing.");
            }
        }

        JpegColorModel model = JpegColor.Model(frame.Components, _metadata);
        float[][] planes = Convert(frame, model);
        byte[]? profile = JpegColor.ProfileOf(model, _metadata, _warnings.Add);
        CmykColors? inks = JpegInks.Read(frame, model, profile);
        Picture picture = new(frame.Width, frame.Height, planes[0], planes[1], planes[2])
        {
            IccProfile = inks is null ? profile : null,
            StoredColors = inks,
            Metadata = _metadata.Description,
            Text = _metadata.Text,
            Warnings = [.. _warnings],
        };
        return _metadata.Orientation.Apply(picture);
    }

    private static float[][] Convert(JpegFrame frame, JpegColorModel model)
    {
        float[][] planes = [.. Enumerable.Range(0, 3).Select(
            _ => GC.AllocateUninitializedArray<float>(frame.Width * frame.Height))];
        Upsampler[] sources = [.. frame.Components.Select(component => new Upsampler(component, frame))];
        for (int y = 0; y < frame.Height; y++)
        {
            int start = y * frame.Width;
            Span<float> red = planes[0].AsSpan(start, frame.Width), green = planes[1].AsSpan(start, frame.Width);
            Span<float> blue = planes[2].AsSpan(start, frame.Width);
            ReadOnlySpan<byte> first = sources[0].Row(y);
            ReadOnlySpan<byte> second = sources.Length > 1 ? sources[1].Row(y) : first;
            ReadOnlySpan<byte> third = sources.Length > 2 ? sources[2].Row(y) : first;
            ReadOnlySpan<byte> fourth = sources.Length > 3 ? sources[3].Row(y) : first;
            switch (model)
            {
                case JpegColorModel.YCbCr:
                    JpegColor.FromYCbCr(first, second, third, red, green, blue);
                    break;
                case JpegColorModel.Ycck:
                    JpegColor.FromYcck(first, second, third, fourth, red, green, blue);
                    break;
                case JpegColorModel.Cmyk:
                    JpegColor.FromCmyk(first, fourth, red);
                    JpegColor.FromCmyk(second, fourth, green);
                    JpegColor.FromCmyk(third, fourth, blue);
                    break;
                default:
                    JpegColor.Scale(first, red);
                    JpegColor.Scale(second, green);
                    JpegColor.Scale(third, blue);
                    break;
            }
        }

        return planes;
    }
}
