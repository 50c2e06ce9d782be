using Lending.Platform.Http;
using Microsoft.AspNetCore.Http;

namespace Lending.Platform.Security;

/// <summary>
/// Turns away callers whose organisation lets nobody in, or not from where they are. It runs for each request, because a credential that is
/// remembered as valid says nothing of that.
/// </summary>
internal sealed class OrganizationGate(RequestDelegate next, IOrganizationGates gates)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (
            context.User.Identity is CallerIdentity caller
            && await gates.CheckAsync(caller, context.Connection.RemoteIpAddress, context.RequestAborted) is { } error
        )
        {
            await Problem.From(error).ExecuteAsync(context);
            return;
        }
        await next(context);
    }
}
