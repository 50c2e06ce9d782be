using System.ComponentModel.DataAnnotations;

namespace Lending.Webhooks.Deliveries;

/// <summary>How webhooks are served; configuration section <c>Webhooks</c>.</summary>
internal sealed class WebhooksOptions
{
    public const string Section = "Webhooks";

    /// <summary>How often deliveries to send are looked for, in seconds.</summary>
    [Range(1, 3600)]
    public int PollSeconds { get; set; } = 2;
}
