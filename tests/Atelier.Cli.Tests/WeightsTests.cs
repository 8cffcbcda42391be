using System.Text.Json;

namespace Atelier.Cli.Tests;

public sealed class WeightsTests : IDisposable
{
    private readonly Studio _studio = new();

    public void Dispose() => _studio.Dispose();

    private string Network => _studio.At("net.safetensors");

    [Theory]
    [InlineData("--half", 22_000)]
    [InlineData("--json", 40_000)]
    public void Import_TorchFile_WritesANetworkOfItsConvolutions(string option, long most)
    {
        Outcome outcome = _studio.Run(
            "weights", "import", File("torchvision_vgg19.pth"), "-o", Network, option, "--json");

        Assert.Equal(0, outcome.Code);
        Assert.Equal(new FileInfo(Network).Length, outcome.Json.GetProperty("bytes").GetInt64());
        Assert.InRange(new FileInfo(Network).Length, 1, most);
        JsonElement network = outcome.Json.GetProperty("network");
        Assert.Equal("vgg19", network.GetProperty("name").GetString());
        Assert.Equal("rgb01-imagenet", network.GetProperty("input").GetString());
        Assert.Equal(16, network.GetProperty("widths").GetArrayLength());
        Assert.Equal("features.0.weight", network.GetProperty("sources")[0].GetString());
    }

    [Fact]
    public void Import_ExistingFile_IsReplacedOnlyByForce()
    {
        string[] import = ["weights", "import", File("vgg19.onnx"), "-o", Network];
        Assert.Contains("vgg19 of 16 convolutions", _studio.Run(import).Error, StringComparison.Ordinal);
        Assert.Equal(1, _studio.Run(import).Code);
        Assert.Equal(0, _studio.Run([.. import, "--force"]).Code);
        Assert.Equal(2, _studio.Run("weights", "import", Network, "-o", Network).Code);
        Assert.Equal(2, _studio.Run("weights", "import", Network, "-o", _studio.At("net.pth")).Code);
        Assert.Equal(1, _studio.Run("weights", "import", _studio.At("none"), "-o", Network, "--force").Code);
    }

    [Fact]
    public void Verify_Files_TellsWhichCanBeUsed()
    {
        Outcome sound = _studio.Run("weights", "verify", File("torchvision_vgg19.pth"));
        Assert.Equal((0, true), (sound.Code, sound.Out.Contains("sound: vgg19 of 16", StringComparison.Ordinal)));

        byte[] bytes = System.IO.File.ReadAllBytes(File("torchvision_vgg19.pth"));
        System.IO.File.WriteAllBytes(Network, bytes[..(bytes.Length / 2)]);
        Outcome both = _studio.Run("weights", "verify", Network, File("torchvision_vgg19.pth"));
        Assert.Equal(1, both.Code);
        Assert.Contains($"{Network}  cannot be used: ", both.Out, StringComparison.Ordinal);
        Assert.Contains("sound: vgg19 of 16", both.Out, StringComparison.Ordinal);
        Assert.Equal(1, _studio.Run("weights", "verify", "vgg19").Code);
        Assert.Equal(1, _studio.Run("weights", "verify", _studio.At("none")).Code);
    }

    [Fact]
    public void Verify_ImportedFile_SaysWhatItsMetadataSays()
    {
        string[] import = ["weights", "import", File("strided.pt"), "-o", Network, "--input", "bgr255-caffe"];
        Assert.Equal(0, _studio.Run(import).Code);

        Outcome verified = _studio.Run("weights", "verify", Network);
        Assert.Equal(0, verified.Code);
        Assert.EndsWith("input bgr255-caffe", verified.Out.TrimEnd(), StringComparison.Ordinal);
        Assert.Contains(
            "input bgr255-caffe", _studio.Run("weights", "show", Network).Out, StringComparison.Ordinal);
    }

    [Fact]
    public void List_EveryNetwork_SaysHowItIsVerified()
    {
        string list = _studio.Run("weights", "list").Out;
        Assert.Contains(
            "its SHA-256, dcbb9e9dad569fff7a846263a77324fc34978fea2bfb039c012d710e1776ae44", list,
            StringComparison.Ordinal);
        Assert.Contains("the first 8 digits of its SHA-256, d01eb7cb,", list, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_UnclearInput_AsksForIt()
    {
        string[] import = ["weights", "import", File("strided.pt"), "-o", Network];
        Outcome unclear = _studio.Run(import);
        Assert.Equal(1, unclear.Code);
        Assert.Contains("--input bgr255-caffe", unclear.Error, StringComparison.Ordinal);
        Assert.False(System.IO.File.Exists(Network));

        JsonElement network = _studio.Run([.. import, "--input", "bgr255-caffe", "--json"]).Json.GetProperty("network");
        Assert.Equal(1 / 255f, network.GetProperty("std")[0].GetSingle());
        Assert.Equal(123.68f / 255, network.GetProperty("mean")[0].GetSingle());
        Outcome mistyped = _studio.Run([.. import, "--input", "bgr255-cafe"]);
        Assert.Equal(2, mistyped.Code);
        Assert.Contains("did you mean 'bgr255-caffe'?", mistyped.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Show_AnyFile_ListsTensorsAndWhatWasRecognized()
    {
        Outcome text = _studio.Run("weights", "show", File("torchvision_vgg16_legacy.pth"));
        Assert.Contains("PyTorch before 1.6", text.Out, StringComparison.Ordinal);
        Assert.Contains("vgg16 of 13 convolutions, 5 to 9 channels", text.Out, StringComparison.Ordinal);
        Assert.Contains("classifier.0.weight  11 x 441", text.Out, StringComparison.Ordinal);

        JsonElement json = _studio.Run("weights", "show", File("batch_norm.pth"), "--json").Json;
        Assert.Equal(JsonValueKind.Null, json.GetProperty("network").ValueKind);
        Assert.Contains("batch normalization", json.GetProperty("problem").GetString(), StringComparison.Ordinal);
        Assert.Equal(6, json.GetProperty("tensors").GetArrayLength());
        Assert.Equal(1, _studio.Run("weights", "show", _studio.Style).Code);
    }

    private static string File(string name) => Path.Combine(AppContext.BaseDirectory, "Fixtures", "weights", name);
}
