using Lending.Kernel;
using Lending.Platform.Persistence;
using Lending.Platform.Privacy;
using Lending.Servicing.Books;

namespace Lending.Servicing.Rates;

/// <summary>A base rate that was entered after this version was made. It is the same for all organisations, and never changed.</summary>
internal sealed class BaseRateRow : IAppendOnly
{
    public const int MaximumSourceLength = 200;

    private BaseRateRow() { }

    /// <summary>The first day of the half-year for which it holds.</summary>
    [NotPersonal]
    public DateOnly From { get; private init; }

    public decimal Percent { get; private init; }

    /// <summary>Where it was published.</summary>
    [NotPersonal]
    public string Source { get; private init; } = null!;

    public UserReference EnteredBy { get; private init; } = null!;

    public DateTimeOffset EnteredAt { get; private init; }

    public static BaseRateRow Of(DateOnly from, decimal percent, string source, UserReference by, DateTimeOffset now) =>
        new()
        {
            From = from,
            Percent = percent,
            Source = source,
            EnteredBy = by,
            EnteredAt = now,
        };

    public BaseRate ToRate() => new(From, From.AddMonths(6).AddDays(-1), Percent, Source);
}
