using FastEndpoints;
using Lending.Servicing.Contracts;
using Lending.Servicing.Data;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Servicing.LedgerExports;

/// <summary>Shows how the organisation's journal is exported: the number of each account, as set or as usual.</summary>
internal sealed class GetLedgerSettings(ServicingDbContext db) : EndpointWithoutRequest<Ok<LedgerSettingsResponse>>
{
    public override void Configure()
    {
        Get("ledger-exports/settings");
        Permissions(ServicingPermission.Ledger);
    }

    public override async Task<Ok<LedgerSettingsResponse>> ExecuteAsync(CancellationToken ct) =>
        TypedResults.Ok(LedgerSettingsResponse.Of(await db.LedgerSettings.AsNoTracking().SingleOrDefaultAsync(ct)));
}
