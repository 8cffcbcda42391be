using Atelier.Engine.OpenCl;

namespace Atelier.Engine.Tests.OpenCl;

/// <summary>The devices of this machine. With one, all tests of engines run on it too.</summary>
public sealed class DeviceTests
{
    [Fact]
    public void List_OnThisMachine_HasADevice()
    {
        Assert.SkipUnless(
            OpenClDevice.List().Count > 0,
            "OpenCL has no device here; install the driver of a graphics card, or the package pocl-opencl-icd.");

        Assert.All(OpenClDevice.List(), device =>
        {
            Assert.NotEmpty(device.Name);
            Assert.NotEmpty(device.Driver);
            Assert.InRange(device.ComputeUnits, 1, int.MaxValue);
            Assert.InRange(device.Memory, 1L << 20, long.MaxValue);
            Assert.InRange(device.MaxBufferBytes, 1, device.Memory);
        });
        Assert.Equal(
            Enumerable.Range(0, OpenClDevice.List().Count), OpenClDevice.List().Select(device => device.Index));
    }

    [Fact]
    public void Create_NumberBeyondTheDevices_SaysWhichThereAre()
    {
        EngineOptions options = new() { Name = "opencl:99", AddOns = [new OpenClProvider(99)] };

        OptionsException error = Assert.Throws<OptionsException>(() => options.CreateEngine());

        Assert.Contains("'opencl:99'", error.Message, StringComparison.Ordinal);
        Assert.Equal("engine", error.Problems[0].Option);
    }

    [Fact]
    public void Create_PrecisionThatDevicesDoNotHave_IsRefused()
    {
        EngineOptions options = new()
        {
            Name = OpenClProvider.EngineName,
            AddOns = [new OpenClProvider()],
            Precision = Precision.BFloat16,
        };

        OptionsException error = Assert.Throws<OptionsException>(() => options.CreateEngine());
        Assert.Equal("precision", error.Problems[0].Option);
        Assert.Contains("'bfloat16'", error.Message, StringComparison.Ordinal);
    }
}
