namespace Lending.Platform.Clocks;

/// <summary>Knows which organisations are sandboxes.</summary>
public interface ISandboxDirectory
{
    /// <summary>The sandboxes as they are now: all, or the one with this id where it is one.</summary>
    Task<IReadOnlyList<Sandbox>> ReadAsync(Guid? organizationId, CancellationToken ct);
}

/// <summary>An organisation in which things are tried out.</summary>
/// <param name="OrganizationId">The organisation.</param>
/// <param name="Ahead">By how much its clock is ahead of the real one.</param>
public sealed record Sandbox(Guid OrganizationId, TimeSpan Ahead);
