namespace Lending.Identity.Contracts;

/// <summary>Looks organisations up.</summary>
public interface IOrganizationDirectory
{
    /// <summary>The organisation with this id. Answers may be half a minute old: enough for a name or a currency, not for who may decide.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    ValueTask<OrganizationSummary> GetAsync(Guid organizationId, CancellationToken ct);

    /// <summary>The organisation as it is now, read in the caller's transaction: for the rules that a decision rests on.</summary>
    /// <exception cref="InvalidOperationException">There is none.</exception>
    Task<OrganizationSummary> ReadAsync(Guid organizationId, CancellationToken ct);

    /// <summary>The organisation that people join who sign up by themselves.</summary>
    ValueTask<OrganizationSummary> GetDefaultAsync(CancellationToken ct);
}

/// <summary>What other modules need to know of an organisation.</summary>
/// <param name="Id">The organisation's id.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Currency">ISO 4217 code of the currency of its loans.</param>
/// <param name="TimeZone">IANA name of the time zone that decides which day it is there.</param>
/// <param name="ApprovalTiers">Who may approve its offers: by ascending amount, the last tier without a limit.</param>
/// <param name="AllowPayoutBeforeWithdrawalEnds">Whether its loans may be paid out while their customers can still withdraw.</param>
/// <param name="IsSandbox">Whether things are only tried out in it: then nothing leaves it. It never changes.</param>
/// <param name="AcceptanceNeedsCode">Whether its offers are accepted only with a code that was mailed to the customer.</param>
/// <param name="DisplayName">How customers know it, if by another name.</param>
/// <param name="Color">The colour of its pages, as style sheets write it; null: ours.</param>
/// <param name="Language">The language of what it writes to people who have not chosen one: <c>en</c> or <c>de</c>.</param>
public sealed record OrganizationSummary(
    Guid Id,
    string Name,
    string Currency,
    string TimeZone,
    IReadOnlyList<ApprovalTier> ApprovalTiers,
    bool AllowPayoutBeforeWithdrawalEnds = false,
    bool IsSandbox = false,
    bool AcceptanceNeedsCode = false,
    string? DisplayName = null,
    string? Color = null,
    string Language = "en"
)
{
    /// <summary>What customers know it as.</summary>
    public string ShownName => DisplayName ?? Name;

    /// <summary>Who may approve an offer of this amount.</summary>
    public Approver ApproverOf(decimal amount) => ApprovalTiers.First(tier => tier.AmountUpTo is not { } limit || amount <= limit).Approver;
}
