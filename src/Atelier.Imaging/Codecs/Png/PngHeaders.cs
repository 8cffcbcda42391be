using System.Buffers.Binary;
using System.Text;
using Atelier.Imaging.Profiles;

namespace Atelier.Imaging.Codecs.Png;

/// <summary>Reads the chunks of a PNG file that describe the picture, and skips all others.</summary>
internal static class PngHeaders
{
    /// <summary>Returns the properties of the picture.</summary>
    /// <exception cref="ImageFormatException">The chunks are damaged or exceed the limits.</exception>
    public static PictureInfo Read(HeaderReader reader, DecodeLimits limits)
    {
        PngChunkReader.CheckSignature(reader.TakeUpTo(PngChunkReader.Signature.Length));
        PngHeader? header = null;
        PngDescription? description = null;
        while (Next(reader) is (string type, uint length) && type != "IEND")
        {
            if (header is null && type != "IHDR")
            {
                throw new ImageFormatException($"PNG: the first chunk is {type}; IHDR was expected.");
            }

            if (type is not ("IHDR" or "PLTE") && !PngDescription.Reads(type))
            {
                if (type == "IDAT") description!.IsComplete = true;
                reader.Skip(length + 4L);
                continue;
            }

            if (description is { IsComplete: true } && length > reader.Left - 4)
            {
                // The file is cut off.
                break;
            }

            PngChunk chunk = TakeChunk(reader, type, length);
            if (type == "PLTE") description!.ReadPalette(chunk.Data);
            else if (type != "IHDR") description!.ReadAncillary(chunk);
            else if (header is not null) throw new ImageFormatException("PNG: chunk IHDR is there twice.");
            else description = new PngDescription((header = PngHeader.Parse(chunk.Data, limits)).Value);
        }

        // After the first pixels, a truncated file has already provided everything needed here.
        return description is not { IsComplete: true } || header is not PngHeader found
            ? throw reader.CutOff()
            : PictureInfo.Create("PNG", found.Width, found.Height, description.Metadata.Orientation) with
            {
                BitDepth = found.PictureBitDepth,
                HasAlpha = description.HasAlpha,
                HasIccProfile = EmbeddedProfile.IsKept(
                    description.ColorSpace.ProfileOf(description.Metadata.IccProfile)),
            };
    }

    /// <summary>Returns the type and length of the next chunk; null at the end of the file.</summary>
    private static (string Type, uint Length)? Next(HeaderReader reader)
    {
        byte[] start = reader.TakeUpTo(8);
        if (start.Length < 8)
        {
            return null;
        }

        string type = Encoding.Latin1.GetString(start, 4, 4);
        return type.All(char.IsAsciiLetter)
            ? (type, BinaryPrimitives.ReadUInt32BigEndian(start))
            : throw new ImageFormatException("PNG: something stands where a chunk should begin; the file is damaged.");
    }

    private static PngChunk TakeChunk(HeaderReader reader, string type, uint length)
    {
        byte[] data = length <= int.MaxValue ? reader.Take((int)length) : throw reader.CutOff();
        uint declared = BinaryPrimitives.ReadUInt32BigEndian(reader.Take(4));
        PngChunk chunk = new(type, data, Crc32.Compute([.. Encoding.Latin1.GetBytes(type), .. data]) == declared);
        return chunk is { IsIntact: false, IsCritical: true }
            ? throw new ImageFormatException($"PNG {type}: the checksum is wrong; the file is damaged.")
            : chunk;
    }
}
