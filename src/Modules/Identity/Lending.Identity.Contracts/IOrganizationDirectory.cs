namespace Lending.Identity.Contracts;

/// <summary>Looks organisations up.</summary>
public interface IOrganizationDirectory
{
    /// <summary>The organisation with this id. Answers may be half a minute old.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    ValueTask<OrganizationSummary> GetAsync(Guid organizationId, CancellationToken ct);

    /// <summary>The organisation that people join who sign up by themselves.</summary>
    ValueTask<OrganizationSummary> GetDefaultAsync(CancellationToken ct);
}

/// <summary>What other modules need to know of an organisation.</summary>
/// <param name="Id">The organisation's id.</param>
/// <param name="Currency">ISO 4217 code of the currency of its loans.</param>
/// <param name="TimeZone">IANA name of the time zone that decides which day it is there.</param>
public sealed record OrganizationSummary(Guid Id, string Currency, string TimeZone);
