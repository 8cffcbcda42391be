namespace Atelier.Imaging.Codecs.Png;

/// <summary>Decodes one PNG file (W3C PNG, third edition, still pictures): every color type,
/// depth and interlacing.</summary>
/// <remarks>Damage to the pixels is an error; but of a file that is cut off, the pixels that are there are decoded,
/// with a warning. Damage only to the metadata is a warning.</remarks>
internal sealed class PngDecoder
{
    /// <summary>Deflate compresses at most 1032 bytes into one; a file that declares more cannot contain
    /// them.</summary>
    private const long MaxExpansion = 1040;

    /// <summary>Rows are decompressed in blocks of about this many bytes.</summary>
    private const int BlockLength = 1 << 17;

    private readonly PngHeader _header;
    private readonly PngDescription _description;
    private readonly byte[] _imageData;
    private int _imageDataLength;
    private bool _isCutOff;

    private PngDecoder(PngHeader header, int fileLength)
    {
        _header = header;
        _description = new PngDescription(header);
        _imageData = new byte[fileLength];
    }

    /// <summary>Decodes a whole file.</summary>
    /// <exception cref="ImageFormatException">The file is damaged or exceeds the limits.</exception>
    public static Picture Decode(ReadOnlySpan<byte> file, DecodeLimits limits)
    {
        PngChunkReader.CheckSignature(file);
        PngChunkReader reader = new(file);
        PngChunk first = reader.Read();
        if (first.Type != "IHDR")
        {
            throw new ImageFormatException($"PNG: the first chunk is {first.Type}; IHDR was expected.");
        }

        PngDecoder decoder = new(PngHeader.Parse(first.Data, limits), file.Length);
        decoder.ReadChunks(ref reader);
        return decoder.DecodePixels();
    }

    private void ReadChunks(ref PngChunkReader reader)
    {
        string previous = "IHDR";
        for (PngChunk chunk = reader.Read(); chunk.Type != "IEND"; chunk = reader.Read(_description.IsComplete))
        {
            if (chunk.IsCutOff)
            {
                if (chunk.Type == "IDAT" && !chunk.Data.IsEmpty) ReadCritical(chunk, previous);
                _isCutOff = true;
                break;
            }

            if (chunk.IsCritical) ReadCritical(chunk, previous);
            else _description.ReadAncillary(chunk);
            previous = chunk.Type;
        }

        if (!_description.IsComplete)
        {
            throw new ImageFormatException("PNG: the file has no IDAT chunk and therefore no pixels.");
        }
    }

    private void ReadCritical(PngChunk chunk, string previous)
    {
        switch (chunk.Type)
        {
            case "PLTE":
                _description.ReadPalette(chunk.Data);
                break;
            case "IDAT" when _description.IsComplete && previous != "IDAT":
                throw new ImageFormatException($"PNG: {previous} stands between two IDAT chunks.");
            case "IDAT":
                _description.IsComplete = true;
                chunk.Data.CopyTo(_imageData.AsSpan(_imageDataLength));
                _imageDataLength += chunk.Data.Length;
                break;
            default:
                throw new ImageFormatException(
                    $"PNG: chunk {chunk.Type} is {(chunk.Type == "IHDR" ? "there twice" : "unknown")}; " +
                    "the picture cannot be shown.");
        }
    }

    private Picture DecodePixels()
    {
        if (_header.ColorType == PngColorType.Palette && _description.Palette.Length == 0)
        {
            throw new ImageFormatException("PNG: the pixels are palette colors, but the file has no PLTE chunk.");
        }

        if (_imageDataLength * MaxExpansion < _header.RawLength)
        {
            throw new ImageFormatException(
                $"PNG IDAT: {_imageDataLength} bytes cannot hold {_header.Width} x {_header.Height} pixels.");
        }

        PngPixels pixels = new(_header, _description.Palette, _description.Transparency);
        Inflate(pixels);
        if (pixels.HasUnknownColors)
            _description.Warn("PNG IDAT: pixels with colors outside the palette became black.");
        Picture picture = pixels.Picture;
        byte[]? profile = _description.ColorSpace.ProfileOf(_description.Metadata.IccProfile);
        return _description.Metadata.Orientation.Apply(new Picture(
            picture.Width, picture.Height, picture.Red, picture.Green, picture.Blue, picture.Alpha)
        {
            BitDepth = picture.BitDepth,
            IccProfile = profile,
            StoredColors = _description.ColorSpace.Hdr,
            Metadata = _description.Metadata.Description,
            Text = _description.Metadata.Text,
            Warnings = [.. _description.Warnings],
        });
    }

    private void Inflate(PngPixels pixels)
    {
        using PngRowStream rows = new(_imageData, _imageDataLength, _isCutOff);
        foreach (Adam7Pass pass in _header.Passes) DecodePass(pass, rows, pixels);
        if (rows.IsAtEnd)
        {
            _description.Warn("PNG: the file is cut off; the rest of the picture is missing.");
        }
        else if (_isCutOff)
        {
            _description.Warn("PNG: the file is cut off behind the pixels.");
        }
        else if (rows.HasMore())
        {
            _description.Warn("PNG IDAT: superfluous data was ignored.");
        }
    }

    private void DecodePass(Adam7Pass pass, PngRowStream stream, PngPixels pixels)
    {
        int width = pass.WidthIn(_header.Width), height = pass.HeightIn(_header.Height);
        if (width == 0 || height == 0) return;

        int length = (int)_header.RowLength(width), stride = length + 1;
        int blockHeight = Math.Clamp(BlockLength / stride, 1, height);
        // Row 0 of the block is the row above it, which is all zeros at first.
        byte[] block = new byte[(blockHeight + 1) * stride];
        for (int top = 0; top < height && !stream.IsAtEnd; top += blockHeight)
        {
            int rows = stream.Read(block.AsSpan(stride), Math.Min(blockHeight, height - top), stride);
            for (int i = 1; i <= rows; i++)
            {
                Span<byte> above = block.AsSpan(((i - 1) * stride) + 1, length);
                Span<byte> row = block.AsSpan((i * stride) + 1, length);
                PngFilters.Undo(block[i * stride], row, above, _header.FilterDistance);
                int y = pass.Y + ((top + i - 1) * pass.StepY);
                pixels.WriteRow(row, width, (y * _header.Width) + pass.X, pass.StepX);
            }

            block.AsSpan(rows * stride, stride).CopyTo(block);
        }
    }
}
