using System.ComponentModel.DataAnnotations;

namespace Lending.Host.Telemetry;

/// <summary>Where Prometheus reads metrics; configuration section <c>Metrics</c>.</summary>
internal sealed class MetricsOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Metrics";

    /// <summary>The port of <c>/metrics</c>, which answers nothing else; 0 for none.</summary>
    [Range(0, 65535)]
    public int Port { get; set; }

    /// <summary>The address that it listens at. Whoever reaches it may read, so without a setting it is this machine alone.</summary>
    public string Address { get; set; } = "127.0.0.1";
}
