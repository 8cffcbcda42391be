namespace Atelier.Cli.Output;

/// <summary>Two examples of each command.</summary>
internal static class HelpExamples
{
    private static readonly string[] All =
    [
        "atelier stylize photo.jpg --style art.jpg -o result.png",
        "atelier stylize photo.jpg --style art.jpg -o large.png --preset fine --color content",
        "atelier texture --style art.jpg -o cloth.png --width 1024 --height 640",
        "atelier texture --style art.jpg -o tile.png --size 256 --tileable",
        "atelier reconstruct photo.jpg -o memory.png --layer relu4_2",
        "atelier reconstruct photo.jpg -o memory.png --layer relu1_2=1,relu4_2=2 --size 256",
        "atelier batch photos --style art.jpg -o painted",
        "atelier batch 'trip/*.jpg' --style 'art/*.jpg' -o painted --vary preset=calm,bold --sheet",
        "atelier sweep photo.jpg --style art.jpg -o sheet.png --vary content-weight=0.08,0.2,0.5",
        "atelier sweep photo.jpg -o sheet.png --vary style=sea.jpg,night.jpg --vary preset=calm,bold",
        "atelier plan photo.jpg --style art.jpg --size 4096",
        "atelier plan photo.jpg --style art.jpg --preset print --max-memory 2GB",
        "atelier evaluate result.png --content photo.jpg --style art.jpg",
        "atelier evaluate result.png --content photo.jpg --style art.jpg --gradient gradient.safetensors",
        "atelier reproduce result.png -o again.png",
        "atelier reproduce result.png -o larger.png --size 1024",
        "atelier color photo.jpg --palette autumn.jpg -o recolored.png",
        "atelier color photo.jpg --palette autumn.jpg -o recolored.png --amount 0.5",
        "atelier style extract wave.png -o wave.atelierstyle",
        "atelier style extract early.jpg late.jpg -o painter.atelierstyle",
        "atelier style show wave.atelierstyle",
        "atelier style show wave.atelierstyle --json",
        "atelier video clip.mp4 --style art.jpg -o painted.mp4 --preset draft",
        "atelier video frames --style art.jpg -o painted --start 0:12 --end 0:20.5",
        "atelier studio",
        "atelier studio --folder ~/Paintings --port 8080",
        "atelier weights list",
        "atelier weights list > networks.txt",
        "atelier weights get vgg19",
        "atelier weights get vgg16 --half",
        "atelier weights show vgg19.pth",
        "atelier weights show vgg19.safetensors --json",
        "atelier weights import vgg19.pth -o vgg19.safetensors",
        "atelier weights import vgg19.pth -o vgg19.safetensors --half",
        "atelier weights verify vgg19.safetensors",
        "atelier weights verify vgg19.safetensors vgg16.safetensors",
        "atelier inspect features photo.jpg --layers relu1_1,relu3_1 -o maps.png",
        "atelier inspect features photo.jpg --layers relu4_1 -o maps.png --json",
        "atelier inspect gram art.jpg --layer relu3_1 -o gram.png",
        "atelier inspect gram photo.jpg --against art.jpg --layer relu3_1 -o gram.png",
        "atelier inspect receptive-field",
        "atelier inspect receptive-field photo.jpg --at 300,120 -o field.png",
        "atelier inspect losses run.json -o losses.svg",
        "atelier inspect losses run.json -o -",
        "atelier doctor",
        "atelier doctor --json",
        "atelier completions bash > ~/.local/share/bash-completion/completions/atelier",
        "atelier completions pwsh >> $PROFILE",
        "atelier help",
        "atelier help masks",
    ];

    /// <summary>Returns the examples of a command.</summary>
    /// <param name="name">The command as it is called, such as <c>atelier style extract</c>.</param>
    public static string[] Of(string name)
        => [.. All.Where(example => example == name || example.StartsWith($"{name} ", StringComparison.Ordinal))
            .Take(2)];
}
