using Lending.Kernel;

namespace Lending.Customers.Contracts;

/// <summary>What a module does about its own rows when a customer is erased (GDPR, Art. 17). Every call joins the caller's transaction.</summary>
public interface ICustomerErasure
{
    /// <summary>Why the customer cannot be erased now, or null; what it looked at stays as it is until the transaction ends.</summary>
    Task<Error?> FindObstacleAsync(Guid customerId, CancellationToken ct);

    /// <summary>Deletes what the law does not make the organisation keep, and tells what is kept.</summary>
    Task<IReadOnlyList<KeptRecord>> EraseAsync(Guid customerId, CancellationToken ct);
}

/// <summary>Something about an erased customer that the organisation has to keep.</summary>
/// <param name="Kind">What it is, such as `LOAN_OFFER`.</param>
/// <param name="Id">Its id.</param>
/// <param name="Reason">The law that says so.</param>
/// <param name="Until">The last day on which it has to be kept.</param>
public sealed record KeptRecord(string Kind, Guid Id, string Reason, DateOnly Until)
{
    /// <summary>How long commercial letters are kept (§ 257 (1) no. 2 and 3, (4) HGB; § 147 (1) no. 2 and 3, (3) AO).</summary>
    public const int YearsOfLetters = 6;

    /// <summary>How long lenders keep books and vouchers (§ 257 (1) no. 1 and 4, (4) HGB; § 147 (1) no. 1 and 4, (3) AO).</summary>
    public const int YearsOfBooks = 10;

    /// <summary>A record whose term begins with the end of the year of a day.</summary>
    /// <param name="kind">What it is.</param>
    /// <param name="id">Its id.</param>
    /// <param name="reason">The law that says so.</param>
    /// <param name="day">The day, in the organisation's time zone.</param>
    /// <param name="years">For how long.</param>
    public static KeptRecord FromYearsEnd(string kind, Guid id, string reason, DateOnly day, int years) =>
        new(kind, id, reason, new DateOnly(day.Year + years, 12, 31));
}
