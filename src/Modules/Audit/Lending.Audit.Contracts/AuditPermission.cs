namespace Lending.Audit.Contracts;

/// <summary>The permissions that this module's slices ask for.</summary>
public static class AuditPermission
{
    /// <summary>Read the organisation's audit log.</summary>
    public const string AuditRead = "audit:read";
}
