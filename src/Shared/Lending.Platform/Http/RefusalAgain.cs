using Microsoft.AspNetCore.Http;

namespace Lending.Platform.Http;

/// <summary>Refuses those of <see cref="RecentRefusals"/>; it stands before everything that costs something.</summary>
internal sealed class RefusalAgain(RequestDelegate next, RecentRefusals refusals)
{
    public Task InvokeAsync(HttpContext context) =>
        ConcurrencyLimit.IsLimited(context) && refusals.Has(context) ? ConcurrencyLimit.RefuseAsync(context) : next(context);
}
