using System.Collections.Immutable;
using Atelier.Options;

namespace Atelier.Studio.Inside;

/// <summary>The twelve steps of the tutorial.</summary>
public static class Lessons
{
    // Small enough to be painted within seconds, and large enough for a deep layer to see more than one thing.
    private const int Side = 192, RaceSide = 144;

    private const string FiveLayers = "relu1_1,relu2_1,relu3_1,relu4_1,relu5_1";

    private static readonly Subject Lake = Subject.Photograph("mountain-lake"),
        River = Subject.Photograph("city-river"), Fruit = Subject.Photograph("still-life"),
        Night = Subject.Artwork("impasto-night"),
        Waves = Subject.Artwork("woodblock-wave"), Dabs = Subject.Artwork("garden-dabs"),
        Glass = Subject.Artwork("stained-glass");

    private static readonly StylizeOptions Usual = StylizeOptions.Default with { Size = Side };

    /// <summary>All lessons, in order.</summary>
    public static ImmutableArray<Lesson> All { get; } =
    [
        .. new (string Name, LessonKind Kind, FigureDesign Design)[]
        {
            ("features", LessonKind.Features, new(new(River, []), [], (_, _) => [])),
            ("content", LessonKind.Painting, Content()),
            ("gram", LessonKind.Gram, Gram()),
            ("texture", LessonKind.Painting, Texture()),
            ("painting", LessonKind.Painting, Painting()),
            ("optimizing", LessonKind.Painting, Optimizing()),
            ("smoothness", LessonKind.Painting, Smoothness()),
            ("improvements", LessonKind.Painting, Improvements()),
            ("places", LessonKind.Painting, Places()),
            ("styles", LessonKind.Painting, Styles()),
            ("colors", LessonKind.Painting, Colors()),
            ("failures", LessonKind.Painting, Failures()),
        }.Select((lesson, i) => new Lesson(i + 1, lesson.Name, lesson.Design) { Kind = lesson.Kind }),
    ];

    /// <summary>Finds the lesson of a name; null if there is none.</summary>
    public static Lesson? Find(string? name) => All.FirstOrDefault(lesson => lesson.Name == name);

    private static PanelPlan Plan(FigurePair pictures, StylizeOptions options)
        => new(options) { Photograph = pictures.Photograph, Artworks = pictures.Artworks };

    // What a painting has taken from a shallow layer would remain if it went on with a deep one.
    private static FigureDesign Content() => new(
        new(Fruit, []),
        [
            new ChoiceControl(
                "content-layers", ["relu1_1", "relu2_1", "relu3_1", "relu4_1", "relu5_1", "relu2_1,relu5_1"]),
        ],
        (pictures, values) =>
        [
            Plan(pictures, values.Apply(
                Presets.ByName["reconstruct"] with { Size = Side, Iterations = 120 }, "content-layers")) with
            {
                Origin = values["content-layers"],
            },
        ]);

    private static FigureDesign Gram() => new(
        new(Lake, [Night]), [],
        (pictures, _) =>
        [
            Plan(pictures, StylizeOptions.Version1 with
            {
                Size = Side,
                MinSize = Side,
                Iterations = 200,
                StyleLoss = StyleLossKind.Gram,
                StyleLayers = LayerSelection.Parse(FiveLayers),
                ContentLayers = LayerSelection.Parse("relu4_2"),
                ContentWeight = 0.02,
                TvWeight = 0.05,
            }),
        ]);

    private static FigureDesign Texture() => new(
        new(null, [Night]),
        [
            new ChoiceControl("style-layers",
            [
                FiveLayers, "relu1_1", "relu1_1,relu2_1", "relu1_1,relu2_1,relu3_1", "relu1_1,relu2_1,relu3_1,relu4_1",
                "relu4_1,relu5_1",
            ]),
        ],
        (pictures, values) =>
        [
            Plan(pictures, values.Apply(Presets.ByName["texture"] with { Size = Side, MinSize = 96 }, "style-layers"))
                with { Origin = values["style-layers"] },
        ]);

    private static FigureDesign Painting() => new(
        new(Lake, [Night]),
        [
            new FaderControl("content-weight", 0.02, 3, 0.12) { IsLogarithmic = true },
            new SwitchControl("without-style"),
        ],
        (pictures, values) =>
        [
            Plan(pictures, values.Apply(Usual with { StyleWeight = values.IsOn("without-style") ? 0 : 1 },
                "content-weight")) with { Origin = values["without-style"] },
        ])
    {
        ShowsTerms = true,
    };

    private static FigureDesign Optimizing() => new(
        new(River, [Glass]),
        [
            new ChoiceControl("start", ["photograph", "noise", "coarse"]),
            new FaderControl("step", 20, 2000, 200) { IsLogarithmic = true },
        ],
        (pictures, values) =>
        [
            .. new[] { OptimizerKind.Adam, OptimizerKind.Lbfgs, OptimizerKind.Gd }.Select(optimizer => Plan(
                pictures, StylizeOptions.Version1 with
                {
                    Size = RaceSide,
                    MinSize = values["start"] == "coarse" ? RaceSide / 2 : RaceSide,
                    Iterations = 120,
                    Optimizer = optimizer,
                    LearningRate = optimizer == OptimizerKind.Gd ? values.Number("step") : null,
                    Init = values["start"] == "noise" ? InitKind.Noise : InitKind.Content,
                }) with
                {
                    Name = OptionValues.Format(optimizer),

                    // A race starts again for all.
                    Origin = $"{values["start"]} {values["step"]}",
                }),
        ])
    {
        ShowsCurves = true,
    };

    private static FigureDesign Smoothness() => new(
        new(Fruit, [Dabs]),
        [
            new FaderControl("tv-weight", 0.5, 600, 2) { IsLogarithmic = true, FirstIsZero = true },
            new SwitchControl("last-iterate"),
        ],
        (pictures, values) =>
        [
            Plan(pictures, values.Apply(
                Usual with { Average = values.IsOn("last-iterate") ? 0 : Usual.Average }, "tv-weight")),
        ]);

    // Each improvement changes the magnitude of the style loss, so the content weight has to follow.
    private static FigureDesign Improvements() => new(
        new(Lake, [Waves]),
        [
            new SwitchControl("all-layers", SwitchControl.On), new SwitchControl("geometric-weights", SwitchControl.On),
            new SwitchControl("shift", SwitchControl.On), new SwitchControl("chain", SwitchControl.On),
            new FaderControl("content-share", 0.1, 10, 1) { IsLogarithmic = true },
        ],
        (pictures, values) =>
        [
            Plan(pictures, AsIn2015 with { ContentWeight = 0.03 }) with { Name = "as-in-2015" },
            Plan(pictures, Improve(values)) with { Name = "improved" },
        ]);

    private static StylizeOptions AsIn2015 => Presets.ByName["improved"] with
    {
        Size = RaceSide,
        MinSize = RaceSide / 2,
        Iterations = 24,
        StyleLayers = LayerSelection.Parse(FiveLayers),
        LayerWeights = LayerWeighting.Equal,
        ActivationShift = 0,
        CorrelationChain = false,
    };

    private static StylizeOptions Improve(ControlValues values)
    {
        string[] names = ["all-layers", "geometric-weights", "shift", "chain"];
        double contentWeight = names.All(values.IsOn) ? 0.001 : values.IsOn("geometric-weights") ? 0.01 : 0.03;
        return AsIn2015 with
        {
            StyleLayers = values.IsOn("all-layers") ? LayerSelection.All : AsIn2015.StyleLayers,
            LayerWeights = values.IsOn("geometric-weights") ? LayerWeighting.Geometric : LayerWeighting.Equal,
            ActivationShift = values.IsOn("shift") ? -1 : 0,
            CorrelationChain = values.IsOn("chain"),
            ContentWeight = contentWeight * values.Number("content-share"),
        };
    }

    private static FigureDesign Places() => new(
        new(Lake, [Night, Waves]),
        [new ChoiceControl("guide", ["border", "oval", "regions"]), new FaderControl("place", 0.2, 0.8, 0.5)],
        (pictures, values) =>
        {
            FigureGuideKind kind = Enum.Parse<FigureGuideKind>(values["guide"], ignoreCase: true);
            return
            [
                Plan(pictures, Usual) with
                {
                    Artworks = kind == FigureGuideKind.Border ? pictures.Artworks
                        : [pictures.Artworks[kind == FigureGuideKind.Oval ? 1 : 0]],
                    Guide = new FigureGuide(
                        kind, kind == FigureGuideKind.Regions ? 0 : values.Number("place")),
                },
            ];
        })
    {
        ShowsGuide = true,
    };

    private static FigureDesign Styles() => new(
        new(River, [Waves, Dabs]),
        [new FaderControl("share", -0.5, 1.5, 0.5)],
        (pictures, values) =>
        [
            Plan(pictures, Usual with { StyleWeights = [values.Number("share"), 1 - values.Number("share")] }),
        ]);

    private static FigureDesign Colors() => new(
        new(Lake, [Night]),
        [
            new ChoiceControl("color", ["style", "match", "luminance", "content"]),
            new FaderControl("color-amount", 0, 1, 1), new SwitchControl("palette"),
        ],
        (pictures, values) =>
        [
            Plan(pictures, values.Apply(Usual, "color", "color-amount")) with
            {
                Palette = values.IsOn("palette") ? River : null,
            },
        ]);

    private static FigureDesign Failures()
    {
        StylizeOptions fromNoise = Usual with { Init = InitKind.Noise };
        (string Name, FigurePair Pictures, PanelPlan Fault, PanelPlan Remedy)[] pairs =
        [
            ("lost", new(Fruit, [Waves]),
                new(Usual with { ContentWeight = 0.02 }), new(Usual with { ContentWeight = 0.6 })),
            ("stars", new(Lake, [Night]),
                new(Usual), new(Usual) { Guide = new FigureGuide(FigureGuideKind.Regions, 0) }),
            ("strokes", new(Fruit, [Glass]),
                new(Usual), new(Usual with { StyleScale = 0.4 })),
            ("steps", new(Lake, [Waves]),
                new(Usual with { LearningRate = 0.6, LearningRateEnd = 1 }), new(Usual)),
            ("hues", new(Fruit, [Night]),
                new(Usual), new(Usual with { Color = ColorKind.Luminance })),
            ("unfinished", new(Lake, [Glass]),
                new(fromNoise with { MinSize = Side }), new(fromNoise)),
        ];
        return new(
            pairs[0].Pictures, [new ChoiceControl("failure", [.. pairs.Select(pair => pair.Name)])],
            (_, values) =>
            {
                (string name, FigurePair pictures, PanelPlan fault, PanelPlan remedy) =
                    pairs.Single(pair => pair.Name == values["failure"]);
                return
                [
                    .. new[] { (fault, "fault"), (remedy, "remedy") }.Select(each => each.Item1 with
                    {
                        Photograph = pictures.Photograph,
                        Artworks = pictures.Artworks,
                        Name = $"{name}.{each.Item2}",
                        Origin = name,
                    }),
                ];
            })
        {
            TakesOtherPictures = false,
        };
    }
}
