using FastEndpoints;
using Lending.Identity.Contracts;
using Lending.Platform.Http;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Lending.Identity.Authentication;

/// <summary>Ends one of the caller's sessions: its refresh token stops working at once, its access tokens within 30 seconds.</summary>
internal sealed class EndSession(Sessions sessions, Caller caller) : EndpointWithoutRequest<Results<NoContent, Problem>>
{
    public override void Configure()
    {
        Delete("users/me/sessions/{id:guid}");
        Permissions(IdentityPermission.OwnAccount);
    }

    public override async Task<Results<NoContent, Problem>> ExecuteAsync(CancellationToken ct) =>
        await sessions.EndAsync(Route<Guid>("id"), caller.UserId, ct) ? TypedResults.NoContent() : Problem.NotFound;
}
