using Atelier.Jobs.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Atelier.Cli.Commands.Queue;

/// <summary>Sends metrics and traces to a collector of OpenTelemetry, if the environment names one as every program of
/// the field is told: <c>OTEL_EXPORTER_OTLP_ENDPOINT</c>.</summary>
internal sealed class Telemetry : IDisposable
{
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT", Service = "atelier-worker", Scheduler = "Quartz";

    private readonly MeterProvider? _metrics;
    private readonly TracerProvider? _traces;

    /// <summary>Begins to send, or does nothing.</summary>
    public Telemetry(Host host)
    {
        if (string.IsNullOrWhiteSpace(host.Variable(Endpoint)))
        {
            return;
        }

        ResourceBuilder resource = ResourceBuilder.CreateDefault().AddService(Service);
        _metrics = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(resource)
            .AddMeter(JobTelemetry.Name, Scheduler).AddOtlpExporter().Build();
        _traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(resource)
            .AddSource(JobTelemetry.Name, Scheduler).AddOtlpExporter().Build();
    }

    /// <summary>Sends what is left.</summary>
    public void Dispose()
    {
        _metrics?.Dispose();
        _traces?.Dispose();
    }
}
