using FastEndpoints;
using Lending.Servicing.Contracts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Servicing.Rates;

/// <summary>Shows the base rates (§ 247 BGB) that default interest is computed with, and where they were published.</summary>
internal sealed class GetBaseRates(KnownBaseRates rates) : EndpointWithoutRequest<Ok<BaseRatesResponse>>
{
    public override void Configure()
    {
        Get("base-rates");
        Permissions(ServicingPermission.Read);
    }

    public override async Task<Ok<BaseRatesResponse>> ExecuteAsync(CancellationToken ct) =>
        TypedResults.Ok(BaseRatesResponse.Of(await rates.GetAsync(ct)));
}
