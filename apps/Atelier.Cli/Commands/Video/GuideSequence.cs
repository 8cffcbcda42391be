using Atelier.Guides;
using Atelier.Video;

namespace Atelier.Cli.Commands.Video;

/// <summary>The guides of a video, frame by frame: where a mask or a label picture is named, a folder may stand with
/// one for each frame. The last one holds for all frames after it.</summary>
internal sealed class GuideSequence
{
    private readonly Host _host;
    private readonly GuideSources _sources;
    private readonly int _styleCount;
    private readonly Dictionary<string, string[]> _folders = [];
    private (int Frame, LoadedGuides Guides) _newest;

    /// <summary>Reads the guides of the first frame.</summary>
    /// <exception cref="CliException">A file is not there, or a folder holds no pictures.</exception>
    public GuideSequence(Host host, GuideSources sources, int styleCount)
    {
        (_host, _sources, _styleCount) = (host, sources, styleCount);
        foreach (PictureSource source in sources.Files)
        {
            if (Directory.Exists(source.Path))
            {
                string[] pictures = FolderSource.PicturesIn(source.Path);
                _folders[source.Path] = pictures.Length > 0 ? pictures : throw CliException.Failed(
                    "input.folder", $"{source.Role} '{source.Path}' is a folder without pictures.",
                    $"name one picture, or a folder with one for each frame, with {source.Option}.");
            }
            else
            {
                InputFile.Require(source.Role, source.Path, source.Option);
            }
        }

        _newest = (0, Load(0));
        First = _newest.Guides;
    }

    /// <summary>Those of the first frame.</summary>
    public LoadedGuides First { get; }

    /// <summary>Whether there are folders.</summary>
    public bool Changes => _folders.Count > 0;

    /// <summary>Those of a frame, from 0.</summary>
    public SpatialGuides Of(int frame)
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
        return sources.Load(_host, _styleCount, _ => throw CliException.Usage(
            "--regions auto finds regions in a photograph, not in a video.",
            "give label pictures: one, or a folder with one for each frame."));
    }
}
