using Lending.Servicing.Books;
using Lending.Servicing.Data;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.Rates;

/// <summary>
/// The base rates that are known: those of this version, and those that were entered since. Answers may be half a minute old. That costs no money: rates are
/// only ever added, so who does not know one yet says that it is missing. A singleton.
/// </summary>
internal sealed class KnownBaseRates(IDbContextFactory<ServicingDbContext> contexts, TimeProvider clock)
{
    private static readonly TimeSpan RememberedFor = TimeSpan.FromSeconds(30);

    private volatile Remembered? remembered;

    public async ValueTask<BaseRates> GetAsync(CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        if (remembered is { } recent && now - recent.ReadAt < RememberedFor)
        {
            return recent.Rates;
        }
        // Not a scope's context: what is remembered for everybody must not come out of a transaction that may be rolled back.
        await using var db = await contexts.CreateDbContextAsync(ct);
        var rates = await ReadAsync(db, ct);
        remembered = new(rates, now);
        return rates;
    }

    /// <summary>What is known at this moment.</summary>
    public static async Task<BaseRates> ReadAsync(ServicingDbContext db, CancellationToken ct)
    {
        var entered = await db.BaseRates.AsNoTracking().ToListAsync(ct);
        return new BaseRates([.. BaseRates.Germany.All, .. entered.Select(row => row.ToRate())]);
    }

    /// <summary>Has this host read them anew.</summary>
    public void Forget() => remembered = null;

    private sealed record Remembered(BaseRates Rates, DateTimeOffset ReadAt);
}
