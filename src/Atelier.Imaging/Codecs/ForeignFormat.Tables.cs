namespace Atelier.Imaging.Codecs;

internal sealed partial record ForeignFormat
{
    /// <summary>Stands in a signature for any byte.</summary>
    private const char Any = '\uFFFF';

    private const string Convert = "convert it to PNG or JPEG first";
    private const string Export = "export it as PNG first";
    private const string Develop = "develop it and save it as PNG, TIFF or JPEG first";
    private const string AddOn = "convert it to PNG or JPEG first, or register a format that reads it";

    private static readonly ForeignFormat Svg = new("an SVG drawing", Export);

    /// <summary>Bytes, as Latin-1, with their offset in the file. The first match counts.</summary>
    private static readonly (string Signature, int Offset, ForeignFormat Format)[] Signatures =
    [
        // Pictures that add-ons read.
        ($"RIFF{Any}{Any}{Any}{Any}WEBP", 0, new("a WebP picture", AddOn)),

        // Camera files, some of which are TIFF files in everything but their use.
        ("CR\u0002\0", 8, Raw("Canon, CR2")),
        ("HEAPCCDR", 6, Raw("Canon, CRW")),
        ("FUJIFILMCCD-RAW", 0, Raw("Fujifilm, RAF")),
        ("IIRO", 0, Raw("Olympus, ORF")),
        ("IIRS", 0, Raw("Olympus, ORF")),
        ("MMOR", 0, Raw("Olympus, ORF")),
        ("IIU\0", 0, Raw("Panasonic, RW2")),
        ("FOVb", 0, Raw("Sigma, X3F")),
        ("\0MRM", 0, Raw("Minolta, MRW")),
        ("II*\0", 0, new("a TIFF picture", AddOn)),
        ("MM\0*", 0, new("a TIFF picture", AddOn)),
        ("II+\0", 0, new("a TIFF picture", AddOn)),
        ("MM\0+", 0, new("a TIFF picture", AddOn)),

        // Other pictures.
        ("\0\0\0\u000CJXL \r\n\u0087\n", 0, new("a JPEG XL picture", Convert)),
        ("\u00FF\n", 0, new("a JPEG XL picture", Convert)),
        ("\0\0\0\u000CjP  \r\n", 0, new("a JPEG 2000 picture", Convert)),
        ("\u00FFO\u00FFQ", 0, new("a JPEG 2000 picture", Convert)),
        ("8BPS", 0, new("a Photoshop document", Export)),
        ("gimp xcf", 0, new("a GIMP document", Export)),
        ("v/1\u0001", 0, new("an OpenEXR picture", Convert)),
        ("#?RADIANCE", 0, new("a Radiance HDR picture", Convert)),
        ("#?RGBE", 0, new("a Radiance HDR picture", Convert)),
        ("DDS ", 0, new("a DDS texture", Convert)),
        ("\u00ABKTX ", 0, new("a KTX texture", Convert)),
        ("\0\0\u0001\0", 0, new("an icon (ICO)", Convert)),
        // With the number of cursors, which is 1: most TGA files begin with the same four bytes.
        ("\0\0\u0002\0\u0001\0", 0, new("a cursor (CUR)", Convert)),
        ("icns", 0, new("an icon (ICNS)", Convert)),
        ($"\n{Any}\u0001", 0, new("a PCX picture", Convert)),
        ("SDPX", 0, new("a DPX picture", Convert)),
        ("XPDS", 0, new("a DPX picture", Convert)),
        ("SIMPLE  =", 0, new("a FITS file", Convert)),
        ("FLIF", 0, new("a FLIF picture", Convert)),
        ("BPG\u00FB", 0, new("a BPG picture", Convert)),
        ("P7\n", 0, new("a PAM picture", Convert)),
        ("PF\n", 0, new("a PFM picture", Convert)),
        ("Pf\n", 0, new("a PFM picture", Convert)),
        ("/* XPM */", 0, new("an XPM picture", Convert)),
        ("\u0001\u00DA", 0, new("an SGI picture", Convert)),
        ("Y\u00A6j\u0095", 0, new("a Sun raster picture", Convert)),
        ("farbfeld", 0, new("a farbfeld picture", Convert)),
        ("\u008AMNG\r\n", 0, new("an MNG animation", Convert)),
        ("\u008BJNG\r\n", 0, new("a JNG picture", Convert)),
        ("DICM", 128, new("a DICOM file", Convert)),
        ("AT&TFORM", 0, new("a DjVu document", Export)),
        (" EMF", 40, new("an EMF drawing", Export)),
        ("\u00D7\u00CD\u00C6\u009A", 0, new("a WMF drawing", Export)),

        // Documents.
        ("%PDF", 0, new("a PDF document", Export)),
        ("%!PS", 0, new("a PostScript document", Export)),
        ("\u00C5\u00D0\u00D3\u00C6", 0, new("a PostScript document (EPS)", Export)),

        // Films and sounds.
        ("\u001AE\u00DF\u00A3", 0, Video("a Matroska or WebM video")),
        ($"RIFF{Any}{Any}{Any}{Any}AVI ", 0, Video("an AVI video")),
        ("\0\0\u0001\u00BA", 0, Video("an MPEG video")),
        ("\0\0\u0001\u00B3", 0, Video("an MPEG video")),
        ("FLV\u0001", 0, Video("a Flash video")),
        ("0&\u00B2u\u008Ef\u00CF\u0011", 0, Video("a Windows Media video")),
        ("OggS", 0, Video("an Ogg file")),
        ("YUV4MPEG2", 0, Video("a YUV4MPEG2 video")),
        ("moov", 4, Video("a QuickTime video")),
        ("mdat", 4, Video("a QuickTime video")),
        ($"RIFF{Any}{Any}{Any}{Any}WAVE", 0, new("a sound file", "a picture is needed here")),

        // What people give by mistake.
        ("PK\u0003\u0004", 0, Archive("a ZIP archive, or a document in one")),
        ("\u001F\u008B", 0, Archive("a gzip file")),
        ("7z\u00BC\u00AF'\u001C", 0, Archive("a 7z archive")),
        ("Rar!\u001A\u0007", 0, Archive("a RAR archive")),
        ("version https://git-lfs", 0, new("a Git LFS pointer", "fetch the file it stands for, with 'git lfs pull'")),
        ("\u0093NUMPY", 0, new("a NumPy array", Convert)),
        ("\u0089HDF\r\n", 0, new("an HDF5 file", "a picture is needed here")),
    ];

    /// <summary>Major brands of files in boxes (ISO/IEC 14496-12) that are no videos.</summary>
    private static readonly Dictionary<string, ForeignFormat> Brands = new()
    {
        ["avif"] = new("an AVIF picture", AddOn),
        ["avis"] = new("an AVIF animation", AddOn),
        ["heic"] = new("a HEIC picture", AddOn),
        ["heix"] = new("a HEIC picture", AddOn),
        ["heim"] = new("a HEIC picture", AddOn),
        ["heis"] = new("a HEIC picture", AddOn),
        ["hevc"] = new("a HEIC animation", AddOn),
        ["hevx"] = new("a HEIC animation", AddOn),
        ["mif1"] = new("a HEIF picture", AddOn),
        ["msf1"] = new("a HEIF animation", AddOn),
        ["crx "] = Raw("Canon, CR3"),
    };

    private static ForeignFormat Raw(string kind) => new($"a camera raw file ({kind})", Develop);

    private static ForeignFormat Video(string name)
        => new(name, "save a frame of it as PNG first, or use it where a video is expected");

    private static ForeignFormat Archive(string name) => new(name, "unpack the picture first");
}
