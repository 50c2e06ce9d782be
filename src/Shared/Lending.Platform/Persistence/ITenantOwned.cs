namespace Lending.Platform.Persistence;

/// <summary>
/// A row that belongs to one organisation. <see cref="ModuleDbContext"/> shows it to that organisation alone and stamps it on the way in.
/// </summary>
public interface ITenantOwned
{
    /// <summary>The organisation that the row belongs to.</summary>
    Guid OrganizationId { get; }
}
