using Atelier.Guides;
using Atelier.Video;
using Atelier.Workshop.Inputs;

namespace Atelier.Workshop.Videos;

/// <summary>The guides of a video, frame by frame: instead of a mask or label picture, a folder with one picture per
/// frame may be given. The last picture is used for all later frames.</summary>
public sealed class GuideSequence
{
    private readonly WorkshopContext _context;
    private readonly GuideSources _sources;
    private readonly int _styleCount;
    private readonly Dictionary<string, string[]> _folders = [];
    private (int Frame, LoadedGuides Guides) _newest;

    /// <summary>Reads the guides of the first frame.</summary>
    /// <param name="context">Supplies standard input.</param>
    /// <param name="sources">The files and folders.</param>
    /// <param name="styleCount">Number of styles.</param>
    /// <exception cref="CodedException">A file does not exist, or a folder contains no pictures.</exception>
    public GuideSequence(WorkshopContext context, GuideSources sources, int styleCount)
    {
        ArgumentNullException.ThrowIfNull(sources);
        (_context, _sources, _styleCount) = (context, sources, styleCount);
        foreach (PictureSource source in sources.Files)
        {
            if (Directory.Exists(source.Path))
            {
                string[] pictures = FolderSource.PicturesIn(source.Path);
                _folders[source.Path] = pictures.Length > 0 ? pictures : throw CodedException.Failed(
                    "input.folder", $"{source.Role} '{source.Path}' is a folder without pictures.",
                    "name one picture, or a folder with one for each frame", source.Option);
            }
            else
            {
                InputFile.Require(source.Role, source.Path, source.Option);
            }
        }

        _newest = (0, Load(0));
        First = _newest.Guides;
    }

    /// <summary>The guides of the first frame.</summary>
    public LoadedGuides First { get; }

    /// <summary>Whether the guides change from frame to frame.</summary>
    public bool Changes => _folders.Count > 0;

    /// <summary>Returns the guides of a frame, counted from 0.</summary>
    public SpatialGuides ForFrame(int frame)
    {
        if (frame != _newest.Frame)
        {
            _newest = (frame, Load(frame));
        }

        return _newest.Guides.Guides;
    }

    private LoadedGuides Load(int frame)
    {
        PictureSource At(PictureSource source) => _folders.TryGetValue(source.Path, out string[]? pictures)
            ? source with { Path = pictures[Math.Min(frame, pictures.Length - 1)], NamedAs = source.Path }
            : source;
        GuideSources sources = _sources with
        {
            Masks = [.. _sources.Masks.Select(At)],
            Preserve = _sources.Preserve is null ? null : At(_sources.Preserve),
            ColorMask = _sources.ColorMask is null ? null : At(_sources.ColorMask),
            Labels = _sources.Labels is { Content: PictureSource labels } all
                ? all with { Content = At(labels) }
                : _sources.Labels,
        };
        return sources.Load(_context, _styleCount, _ => throw CodedException.Usage(
            "regions auto works for a photograph, not for a video.",
            "supply a label picture, or a folder with one for each frame", "regions"));
    }
}
