using FastEndpoints;
using Lending.Customers.Contracts;
using Lending.Customers.Data;
using Lending.Kernel;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Customers.Retention;

/// <summary>Tells what the organisation has deleted, and after how many months.</summary>
internal sealed class GetRetentionRules(CustomersDbContext db, IEnumerable<IOldRecords> kinds)
    : EndpointWithoutRequest<Ok<RetentionRulesResponse>>
{
    public override void Configure()
    {
        Get("retention/rules");
        Permissions(CustomersPermission.RetentionManage);
    }

    public override async Task<Ok<RetentionRulesResponse>> ExecuteAsync(CancellationToken ct) =>
        TypedResults.Ok(await RetentionRulesResponse.ReadAsync(db, kinds, ct));
}
