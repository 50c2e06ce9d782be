using System.ComponentModel.DataAnnotations;

namespace Lending.Platform.Outbox;

/// <summary>Settings of the delivery of events; configuration section <c>Outbox</c>.</summary>
public sealed class OutboxOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Outbox";

    /// <summary>How often it is looked for events to deliver, in seconds: 1 to 3600.</summary>
    [Range(1, 3600)]
    public int PollSeconds { get; set; } = 5;
}
