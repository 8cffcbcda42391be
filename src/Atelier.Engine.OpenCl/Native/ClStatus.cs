using System.Globalization;

namespace Atelier.Engine.OpenCl.Native;

/// <summary>Status codes of OpenCL.</summary>
internal static class ClStatus
{
    internal const int Success = 0;

    private const int AllocationFailed = -4, OutOfResources = -5, OutOfHostMemory = -6, InvalidBufferSize = -61;

    /// <summary>Throws the error of a status that is not success.</summary>
    /// <param name="status">The status.</param>
    /// <param name="device">The name of the device.</param>
    /// <param name="doing">What was being done, as in "copying to the device".</param>
    /// <exception cref="CodedException">The status is an error: <c>device.memory</c> or
    /// <c>device.failed</c>.</exception>
    internal static void Require(int status, string device, string doing)
    {
        if (status == Success)
        {
            return;
        }

        string code = status.ToString(CultureInfo.InvariantCulture);
        throw status is AllocationFailed or OutOfHostMemory or InvalidBufferSize
            ? CodedException.Failed(
                "device.memory", $"the device '{device}' has not enough memory for {doing} (OpenCL status {code}).",
                "limit the memory, use a smaller size, or use the engine 'cpu'", "engine")
            : CodedException.Failed(
                "device.failed",
                status == OutOfResources
                    ? $"the device '{device}' ran out of resources, or its driver ended it, while {doing} (OpenCL " +
                        $"status {code})."
                    : $"the device '{device}' failed while {doing} (OpenCL status {code}).",
                "try again, from the checkpoint if there is one; if it fails again, use the engine 'cpu'", "engine");
    }
}
