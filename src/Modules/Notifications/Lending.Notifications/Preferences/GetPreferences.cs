using FastEndpoints;
using Lending.Notifications.Contracts;
using Lending.Notifications.Data;
using Lending.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Lending.Notifications.Preferences;

/// <summary>Reads which messages the caller gets: customers and staff their own.</summary>
internal sealed class GetPreferences(NotificationsDbContext db, Caller caller) : EndpointWithoutRequest<Ok<PreferencesResponse>>
{
    public override void Configure()
    {
        Get("notification-preferences");
        Permissions(NotificationsPermission.PreferencesOwn);
    }

    public override async Task<Ok<PreferencesResponse>> ExecuteAsync(CancellationToken ct) =>
        TypedResults.Ok(PreferencesResponse.Of(await db.OptOuts.AsNoTracking().Where(OptOut.Of(Person.Of(caller))).ToListAsync(ct)));
}
