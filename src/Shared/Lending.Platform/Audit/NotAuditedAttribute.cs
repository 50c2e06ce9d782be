namespace Lending.Platform.Audit;

/// <summary>
/// Changes of these rows have no entries of their own in the audit log. A test lists where it stands, so that each one is a decision.
/// </summary>
/// <param name="reason">What tells of them instead, or why nobody would ask.</param>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NotAuditedAttribute(string reason) : Attribute
{
    /// <summary>What tells of them instead, or why nobody would ask.</summary>
    public string Reason { get; } = reason;
}
