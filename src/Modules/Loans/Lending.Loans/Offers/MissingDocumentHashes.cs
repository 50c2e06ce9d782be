using Lending.Loans.Data;
using Lending.Platform.Persistence;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using NpgsqlTypes;

namespace Lending.Loans.Offers;

/// <summary>
/// Stores the document hashes of offers that were written before hashes were stored. It works on all organisations at once, without the filters of
/// organisation and customer, because it shows nothing of the rows to anybody.
/// </summary>
internal sealed class MissingDocumentHashes(LoansDbContext db) : IDatabasePreparation
{
    private const int OffersPerStatement = 500;

    public async Task PrepareAsync(CancellationToken ct)
    {
        var last = Guid.Empty;
        while (await FindAsync(after: last, ct) is { Count: > 0 } offers)
        {
            await FillAsync(offers, ct);
            last = offers[^1].Id;
        }
    }

    private Task<List<LoanOffer>> FindAsync(Guid after, CancellationToken ct) =>
        db
            .Offers.OfEveryOrganization()
            .AsNoTracking()
            .Where(offer => offer.DocumentHash == null && offer.Id > after)
            .OrderBy(offer => offer.Id)
            .Take(OffersPerStatement)
            .ToListAsync(ct);

    // An offer that was changed since it was read is left alone: whoever changed it gave it the hash of its new terms.
    private Task<int> FillAsync(List<LoanOffer> offers, CancellationToken ct) =>
        db.Database.ExecuteSqlRawAsync(
            EveryOrganization.Sql
                + """
                UPDATE loans.offers o SET document_hash = filled.document_hash
                FROM unnest(@ids, @row_versions, @document_hashes) AS filled (id, row_version, document_hash)
                WHERE o.id = filled.id AND o.xmin = filled.row_version AND o.document_hash IS NULL
                """,
            [
                new NpgsqlParameter<Guid[]>("ids", [.. offers.Select(offer => offer.Id)]),
                new NpgsqlParameter("row_versions", NpgsqlDbType.Array | NpgsqlDbType.Xid)
                {
                    Value = offers.Select(offer => offer.RowVersion).ToArray(),
                },
                new NpgsqlParameter<byte[][]>("document_hashes", [.. offers.Select(offer => OfferContent.Of(offer).Hash())]),
            ],
            ct
        );
}
