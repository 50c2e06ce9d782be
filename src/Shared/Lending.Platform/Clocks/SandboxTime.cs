using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;

namespace Lending.Platform.Clocks;

/// <summary>Reads the clock of the sandbox that a request works in, so that its time is that of all instances.</summary>
internal sealed class SandboxTime(RequestDelegate next, SandboxClocks clocks)
{
    public async Task InvokeAsync(HttpContext context)
    {
        if (context.User.Identity is CallerIdentity caller)
        {
            await clocks.FollowAsync(caller.OrganizationId, context.RequestAborted);
        }
        await next(context);
    }
}
