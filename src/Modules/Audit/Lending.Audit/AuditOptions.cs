using System.ComponentModel.DataAnnotations;

namespace Lending.Audit;

/// <summary>Settings of the audit log; configuration section <c>Audit</c>.</summary>
internal sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>How often new entries are sealed, in seconds: 1 to 3600.</summary>
    [Range(1, 3600)]
    public int SealSeconds { get; set; } = 60;
}
